/** Faulty arguments of tools and of the command, and a console that does not answer. */
import { spawnSync } from 'node:child_process';
import { startConsole, type TestConsole } from '../support/console';
import { COMMAND, connect, type McpClient } from '../support/mcp';

let fixture: TestConsole;
let mcp: McpClient;

beforeAll(async () => {
  fixture = await startConsole();
  mcp = await connect('--console', fixture.url);
});

afterAll(async () => {
  await mcp.client.close();
  await fixture.stop();
});

test.each([
  ['send_request', { path: '/x' }, /send_request: saw no value; pass a string at method$/],
  ['send_request', { method: 5, path: '/x' }, /saw 5; pass a string at method$/],
  ['send_request', { method: 'GET', path: '/x', header: {} }, /saw the unknown argument header; leave it out$/],
  ['read_logs', { limit: 1000 }, /saw 1000; pass at most 200 at limit$/],
  ['read_logs', { limit: 1.5 }, /saw 1\.5; pass a whole number at limit$/],
  ['read_logs', { status: '4x' }, /saw "4x"; pass a text that matches .* at status$/],
  ['read_iam_decisions', { decision: 'no' }, /saw "no"; pass allowed or denied or refused at decision$/],
  ['put_item', { table: 'things', item: { id: 'a' } }, /saw "a"; pass an object at item\.id$/],
])('%s with %j names the value and what to pass', async (tool, input, message) => {
  expect(await mcp.call(tool, input)).toMatchObject({ isError: true, text: expect.stringMatching(message) });
});

test.each([
  ['list_routes', { stack: 'x' }, 'The run has no stack x. Pass one of its stacks: shop.'],
  ['get_item', { table: 'x', key: {} }, 'There is no table x.'],
  ['get_item', { table: 'things', key: { id: { N: 'x' } } }, /^DynamoDB: /],
  ['query_items', { table: 'things', sort: '1' }, 'partition: is missing; send the value of id.'],
  [
    'send_request',
    { method: 'GET', path: '/x', api: 'y' },
    /^The run serves no API y for \/x\. Pass .* from list_routes\.$/,
  ],
  ['send_request', { method: 'GET', path: 'http://127.0.0.1:1/x' }, /^The run serves no API for http:/],
  ['send_request', { method: 'GET', path: '/x', token: {} }, 'No route of any stack needs a token.'],
])('%s with %j fails with a sentence of the run', async (tool, input, message) => {
  const { isError, text } = await mcp.call(tool, input);
  expect(isError).toBe(true);
  expect(text).toMatch(message);
});

test('a path that fits several APIs needs the stack or the API', async () => {
  const [deployment] = fixture.site.deployments;
  fixture.site.deployments = deployment ? [deployment, { ...deployment, stack: 'second' }] : [];
  const request = { method: 'GET', path: '/things/a' };
  expect((await mcp.call('send_request', request)).text).toBe(
    'GET /things/a fits several APIs: stack shop, api http; stack second, api http. Pass stack and api to choose one.',
  );
  expect((await mcp.call('send_request', { ...request, stack: 'second' })).json).toMatchObject({ status: 200 });
  fixture.site.deployments = deployment ? [deployment] : [];
});

test('a console that is not there, or another program, is an error that says what to do', async () => {
  const origins = ['http://127.0.0.1:2', fixture.apiUrl];
  const texts = [];
  for (const origin of origins) {
    const other = await connect('--console', origin);
    texts.push((await other.call('list_routes')).text);
    await other.client.close();
  }
  expect(texts).toEqual([
    expect.stringMatching(/^No local run answers at http:\/\/127\.0\.0\.1:2 \(ECONNREFUSED\)\. Start the run, or pass/),
    expect.stringMatching(/answers with status 200, but not as the console of a local run\. Pass the URL/),
  ]);
});

test.each([
  [
    ['--console', 'http://example.com'],
    /^--console: saw http:\/\/example\.com; pass the URL of a console on this machine/,
  ],
  [['--console', 'x'], /^--console: saw x; /],
  [['--port', '1'], /^Unknown option '--port'.*\nlocal-run mcp --help shows the options\.\n$/],
  [['a', 'b'], /^Saw several folders: a, b\./],
])('the command with %j ends with a sentence', (args, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'mcp', ...args], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(message);
});

test('the command ends when the client closes standard input', () => {
  expect(spawnSync(process.execPath, [COMMAND, 'mcp'], { input: '', timeout: 20_000 }).status).toBe(0);
});
