/** The MCP server with the official client, against a run: routes, requests, logs, IAM decisions, tables and items. */
import { connect, type McpClient, type PetsRun, startPetsRun } from '../support/mcp';

let pets: PetsRun;
let mcp: McpClient;

beforeAll(async () => {
  pets = await startPetsRun();
  // Finds the console by the folder of the app.
  mcp = await connect(pets.folder);
});

afterAll(async () => {
  await mcp.client.close();
  await pets.stop();
});

const TOM = { id: { S: 'tom' }, age: { N: '3' } };

test('each tool has a title, a description, a schema without unknown arguments, and hints', async () => {
  const { tools } = await mcp.client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    ...['list_routes', 'send_request', 'read_logs', 'read_iam_decisions'],
    ...['list_tables', 'query_items', 'get_item', 'put_item', 'delete_item'],
  ]);
  for (const { title, description, inputSchema, annotations } of tools) {
    expect([title, description]).toEqual([expect.stringMatching(/^[A-Z]/), expect.stringMatching(/\.$/)]);
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(annotations?.readOnlyHint).toEqual(expect.any(Boolean));
  }
  const destructive = tools.filter(({ annotations }) => annotations?.destructiveHint);
  expect(destructive.map(({ name }) => name)).toEqual(['send_request', 'put_item', 'delete_item']);
  expect(mcp.client.getInstructions()).toMatch(/^Works with a local run/);
});

test('lists routes with method, path, authorization and example, without tokens', async () => {
  const { json } = await mcp.call('list_routes');
  expect(json).toMatchObject({ console: new URL(pets.run.page ?? '').origin, stacks: ['pets'] });
  expect(json.routes).toHaveLength(4);
  const [route] = (await mcp.call('list_routes', { text: 'delete' })).json.routes;
  expect(route).toMatchObject({
    stack: 'pets',
    method: 'DELETE',
    path: '/pets/{id}',
    authorization: 'jwt',
    token: { header: 'authorization', scopes: ['pets:delete'] },
    function: 'pets-function',
    example: { method: 'DELETE', headers: {} },
  });
});

test('sends a request, and returns the response with log lines and IAM decisions', async () => {
  const { json } = await mcp.call('send_request', { method: 'put', path: '/pets', body: TOM });
  expect(json).toMatchObject({
    status: 204,
    milliseconds: expect.any(Number),
    request: { stack: 'pets', route: 'PUT /pets', function: 'pets-function' },
    iam: [{ operation: 'PutItem', decision: 'allowed' }],
    logs: [expect.stringContaining('serves PUT /pets with content type application/json')],
  });
  const url = `${String(pets.run.deployments[0]?.outputs['url'])}/pets/tom`;
  const answer = await mcp.call('send_request', { method: 'GET', path: url });
  expect(JSON.parse(answer.json.body as string)).toEqual(TOM);
});

test('a route with an authorizer refuses a request without a token, and accepts a token of the run', async () => {
  const request = { method: 'DELETE', path: '/pets/tom' };
  expect((await mcp.call('send_request', request)).json.status).toBe(401);
  const foreignScope = { ...request, token: { scopes: ['pets:read'] } };
  expect((await mcp.call('send_request', foreignScope)).json.status).toBe(403);
  const { json } = await mcp.call('send_request', { ...request, token: { sub: 'ann' } });
  expect(json.event.requestContext.authorizer.jwt).toMatchObject({
    claims: { sub: 'ann', aud: 'pets', scope: 'pets:delete' },
  });
});

test('shows a denied call with the missing grant', async () => {
  await mcp.call('send_request', { method: 'DELETE', path: '/pets/tom', token: {} });
  const { json } = await mcp.call('read_iam_decisions', { decision: 'denied', limit: 1 });
  expect(json.calls).toEqual([
    expect.objectContaining({
      decision: 'denied',
      operation: 'UpdateItem',
      function: 'pets-function',
      reason: 'no statement allows it',
      parts: [
        expect.objectContaining({ action: 'dynamodb:UpdateItem', resource: expect.stringMatching(/table\/pets$/) }),
      ],
      request: expect.objectContaining({ stack: 'pets', method: 'DELETE', path: '/pets/tom', status: 500 }),
    }),
  ]);
});

test('reads the logs of requests with a status or a text', async () => {
  await mcp.call('send_request', { method: 'GET', path: '/nowhere' });
  const refused = (await mcp.call('read_logs', { status: '404' })).json;
  expect(refused.requests[0]).toMatchObject({ path: '/nowhere', status: 404, reason: 'no route matches', logs: [] });
  const failed = (await mcp.call('read_logs', { status: '5xx', stack: 'pets', limit: 1 })).json;
  expect(failed.requests).toEqual([expect.objectContaining({ status: 500, iam: ['UpdateItem denied'] })]);
  expect((await mcp.call('read_logs', { text: 'SERVES put' })).json.found).toBe(1);
});

test('shortens a long body and says how much is missing', async () => {
  const { json } = await mcp.call('send_request', { method: 'GET', path: '/pets' });
  expect(json.body).toMatch(/^x{10000}\.\.\. \(10000 more characters\)$/);
});

describe('items', () => {
  test('lists tables with their keys', async () => {
    const { json } = await mcp.call('list_tables');
    expect(json.tables).toEqual([expect.objectContaining({ stack: 'pets', name: 'pets', keys: ['id'] })]);
  });

  test('creates, reads, replaces and deletes an item', async () => {
    const [table, item] = ['pets', { id: { S: 'rex' }, age: { N: '12345678901234567890.5' } }];
    expect(await mcp.call('put_item', { table, item })).toMatchObject({ isError: false });
    expect((await mcp.call('get_item', { table, key: { id: { S: 'rex' } } })).json).toEqual({ item });
    const older = { ...item, age: { N: '4' } };
    expect(await mcp.call('put_item', { table, item: older })).toMatchObject({
      isError: true,
      text: expect.stringMatching(/ exists already\. .* The current item: \{"id"/),
    });
    expect(await mcp.call('put_item', { table, item: older, previous: item })).toMatchObject({ isError: false });
    expect((await mcp.call('query_items', { table, partition: 'rex' })).json.items).toEqual([older]);
    expect((await mcp.call('delete_item', { table, previous: item })).text).toMatch(/ has changed meanwhile\. /);
    expect(await mcp.call('delete_item', { table, previous: older })).toMatchObject({ isError: false });
    expect((await mcp.call('query_items', { table, partition: 'rex' })).json.items).toEqual([]);
  });

  test('reads items page by page, and omits the next page when the items are cut', async () => {
    for (let number = 0; number < 6; number += 1) {
      const item = { id: { S: `long-${number}` }, text: { S: 'x'.repeat(9000) } };
      await mcp.call('put_item', { table: 'pets', item });
    }
    const first = (await mcp.call('query_items', { table: 'pets', limit: 2 })).json;
    expect(first.items).toHaveLength(2);
    const second = (await mcp.call('query_items', { table: 'pets', limit: 2, start: first.next })).json;
    expect(second.items[0].id).not.toEqual(first.items[0].id);
    const cut = (await mcp.call('query_items', { table: 'pets' })).json;
    expect(cut).toEqual({ note: expect.stringContaining('smaller limit'), items: expect.any(Array) });
    expect((cut.items as unknown[]).at(-1)).toMatch(/^\.\.\. \(\d more entries\)$/);
  });
});
