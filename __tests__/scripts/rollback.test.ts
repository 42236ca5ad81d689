/** npm run rollback as a command, with a local state and an HTTP server that answers as Lambda does. */
import { rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { copyProject, type ProjectCopy } from '../support/project-copy';
import { runScript } from '../support/run-script';

const NAMES = ['orders-get', 'orders-put'];

let copy: ProjectCopy;
let server: http.Server;
let live: Record<string, string>;
let refused: string[];
/** Whether CodeDeploy has a deployment of orders-put. */
let shifting: boolean;

const alias = (name: string, functionName: string) => ({
  mode: 'managed',
  type: 'aws_lambda_alias',
  name,
  instances: [{ attributes: { name: 'live', function_name: functionName } }],
});
const version = (Version: string, day: string) => ({
  Version,
  LastModified: `2026-11-${day}T10:00:00.000+0000`,
  CodeSha256: 'abc=',
});

beforeAll(async () => {
  copy = copyProject('rollback-');
  const group = { app_name: 'orders', deployment_group_name: 'orders-put' };
  const resources = [
    ...NAMES.map((name) => alias(name.slice(7), name)),
    { type: 'aws_codedeploy_deployment_group', name: 'put', instances: [{ attributes: group }] },
  ];
  writeFileSync(path.join(copy.root, 'terraform.orders.tfstate'), JSON.stringify({ resources }));
  // The code must not matter: a rollback works when nothing builds, and when settings of the profile are missing.
  copy.overwrite('main.ts', 'syntax error');
  copy.overwrite('cdktf.json', '{ "app": "exit 1", "context": { "profile": "production" } }');
  server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(copy.root, { recursive: true });
});

beforeEach(() => {
  live = { 'orders-get': '3', 'orders-put': '3' };
  refused = [];
  shifting = false;
});

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const operation = String(request.headers['x-amz-target']).replace('CodeDeploy_20141006.', '');
  if (request.headers['x-amz-target'] !== undefined) {
    if (operation === 'StopDeployment') shifting = false;
    const deploymentInfo = { status: shifting ? 'Created' : 'Stopped' };
    response.end(JSON.stringify({ deployments: shifting ? ['d-1'] : [], deploymentInfo }));
    return;
  }
  const [, name = '', rest = ''] = /\/functions\/([\w-]+)\/(\w+)/.exec(request.url ?? '') ?? [];
  if (rest === 'versions') {
    const versions = [version('$LATEST', '29'), version('1', '27'), version('2', '28'), version('3', '29')];
    response.end(JSON.stringify({ Versions: versions }));
  } else if (request.method === 'PUT' && refused.includes(name)) {
    response.writeHead(412, { 'x-amzn-errortype': 'PreconditionFailedException' }).end('{"Message":"other"}');
  } else {
    if (request.method === 'PUT') live[name] = (JSON.parse(body) as { FunctionVersion: string }).FunctionVersion;
    response.end(JSON.stringify({ Name: 'live', FunctionVersion: live[name], RevisionId: 'r1' }));
  }
}

const rollback = (...args: string[]) =>
  runScript(copy.root, ['rollback', ...args], {
    ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', STATE_BUCKET: '', CI: '' },
  });

test('goes back with an app that does not build, in a profile whose settings are missing', async () => {
  const { status, stdout } = await rollback('orders');
  expect({ status, live }).toEqual({ status: 0, live: { 'orders-get': '2', 'orders-put': '2' } });
  expect(stdout).toContain('orders-get: version 2 is live now; it was version 3.\norders-put: version 2 is live now');
  expect(stdout).toContain('The next plan names the older version of aws_lambda_alias.get, aws_lambda_alias.put:');
});

test('does not go back further at the second rollback, and says how to', async () => {
  expect((await rollback('orders')).status).toBe(0);
  const { status, stderr } = await rollback('orders');
  expect({ status, live }).toEqual({ status: 1, live: { 'orders-get': '2', 'orders-put': '2' } });
  expect(stderr).toContain('orders-get: stays at version 2');
  expect(stderr).toContain('  npm run rollback -- orders --function orders-get --to VERSION\n');
});

test('stops a CodeDeploy deployment whose first requests have not moved, and moves nothing', async () => {
  [live['orders-put'], shifting] = ['2', true];
  const { status, stdout } = await rollback('--function=orders-put', 'orders');
  expect({ status, shifting, live: live['orders-put'] }).toEqual({ status: 0, shifting: false, live: '2' });
  expect(stdout).toContain('orders-put: stopped the CodeDeploy deployment d-1\norders-put: stays at version 2');
});

test('after a failure, the printed command moves only the rest', async () => {
  refused = ['orders-get'];
  const failed = await rollback('orders');
  expect({ status: failed.status, live }).toEqual({ status: 1, live: { 'orders-get': '3', 'orders-put': '2' } });
  const [, args = ''] = /^ {2}npm run rollback -- (.*)$/m.exec(failed.stderr) ?? [];
  refused = [];
  expect((await rollback(...args.split(' '))).status).toBe(0);
  expect(live).toEqual({ 'orders-get': '2', 'orders-put': '2' });
});

test('moves only the named functions', async () => {
  expect((await rollback('--function', 'orders-put', '--to', '1', 'orders')).status).toBe(0);
  expect(live).toEqual({ 'orders-get': '3', 'orders-put': '1' });
  expect((await rollback('--function=orders-put', '--', 'orders')).status).toBe(1);
  expect((await rollback('--function=orders-get', '--', 'orders')).status).toBe(0);
  expect(live).toEqual({ 'orders-get': '2', 'orders-put': '1' });
});

test.each<[string, readonly string[], string]>([
  [
    'an unknown function',
    ['--function', 'x', 'orders'],
    'The stack orders has no function x. Name one of orders-get, orders-put.',
  ],
  ['--list with --to', ['--list', '--to', '1', 'orders'], '--list and --to exclude each other. Pass one of them.'],
  ['no stack', [], 'Name one stack: npm run rollback -- STACK.'],
  ['two stacks', ['orders', 'items'], 'Name one stack: npm run rollback -- STACK.'],
  ['a version without a function', ['--to', '1', 'orders'], 'Name one with --function.'],
])('refuses %s, and moves nothing', async (_, args, message) => {
  const { status, stderr } = await rollback(...args);
  expect({ status, live }).toEqual({ status: 1, live: { 'orders-get': '3', 'orders-put': '3' } });
  expect(stderr).toContain(message);
});

test('--list shows the versions, and moves nothing', async () => {
  const { status, stdout } = await rollback('--list', 'orders');
  expect({ status, live }).toEqual({ status: 0, live: { 'orders-get': '3', 'orders-put': '3' } });
  expect(stdout.match(/^ {6}3 {2}live {2}2026-11-29T10:00:00/gm)).toHaveLength(2);
});

test('waits for a running deployment, unless --ignore-lock is given', async () => {
  const lock = path.join(copy.root, '.terraform.orders.tfstate.lock.info');
  writeFileSync(lock, '{"Operation":"OperationTypeApply"}');
  try {
    const { status, stderr } = await rollback('orders');
    expect({ status, live: live['orders-get'] }).toEqual({ status: 1, live: '3' });
    expect(stderr).toContain('A command holds the lock of the stack orders: OperationTypeApply');
    expect((await rollback('--ignore-lock', 'orders')).status).toBe(0);
  } finally {
    rmSync(lock);
  }
  expect(live['orders-get']).toBe('2');
});
