/** Tests createTable with a fake DynamoDB server. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createTable } from '../../../src/services/dynamodb/tables';

const TABLE = {
  name: 'things',
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
};
const DESCRIPTION = { TableStatus: 'ACTIVE', KeySchema: TABLE.keySchema, AttributeDefinitions: TABLE.attributes };

let server: Server;
let operations: string[];
let endpoint: string;

/** @param answer returns the response to an operation; undefined: the server does not respond */
async function serve(answer: (operation: string) => { readonly status: number; readonly body: object } | undefined) {
  operations = [];
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    operations.push(operation);
    const result = answer(operation);
    if (result) response.writeHead(result.status).end(JSON.stringify(result.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('describes an existing table once and creates nothing', async () => {
  await serve(() => ({ status: 200, body: { Table: DESCRIPTION } }));
  await createTable(endpoint, TABLE);
  expect(operations).toEqual(['DescribeTable']);
});

test('creates a missing table and waits until it is active', async () => {
  const answers = [
    { status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException' } },
    { status: 200, body: {} },
    { status: 200, body: { Table: { ...DESCRIPTION, TableStatus: 'CREATING' } } },
    { status: 200, body: { Table: DESCRIPTION } },
  ];
  await serve(() => answers[operations.length - 1]);
  await createTable(endpoint, TABLE);
  expect(operations).toEqual(['DescribeTable', 'CreateTable', 'DescribeTable', 'DescribeTable']);
});

test('creates a table in memory without describing it first', async () => {
  const inUse = { status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceInUseException' } };
  await serve((operation) => (operation === 'CreateTable' ? inUse : { status: 200, body: { Table: DESCRIPTION } }));
  await createTable(endpoint, TABLE, { inMemory: true });
  expect(operations).toEqual(['CreateTable', 'DescribeTable']);
  const attributes = [{ AttributeName: 'id', AttributeType: 'N' }];
  await expect(createTable(endpoint, { ...TABLE, attributes }, { inMemory: true })).rejects.toThrow(
    /^The key of the existing table things differs/,
  );
});

test('waits for a table that another process creates at the same time', async () => {
  const answers = [
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    { status: 400, body: { __type: 'ResourceInUseException' } },
    { status: 200, body: { Table: { ...DESCRIPTION, TableStatus: 'CREATING' } } },
    { status: 200, body: { Table: DESCRIPTION } },
  ];
  await serve(() => answers[operations.length - 1]);
  await createTable(endpoint, TABLE);
  expect(operations).toEqual(['DescribeTable', 'CreateTable', 'DescribeTable', 'DescribeTable']);
});

test('recreates a table that was being deleted', async () => {
  const answers = [
    { status: 200, body: { Table: { ...DESCRIPTION, TableStatus: 'DELETING' } } },
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    { status: 200, body: {} },
    { status: 200, body: { Table: DESCRIPTION } },
  ];
  await serve(() => answers[operations.length - 1]);
  await createTable(endpoint, TABLE);
  expect(operations).toEqual(['DescribeTable', 'DescribeTable', 'CreateTable', 'DescribeTable']);
});

test('refuses a table with a different key, even if the table becomes visible late', async () => {
  const attributes = [{ AttributeName: 'id', AttributeType: 'N' }];
  const answers = [
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    { status: 400, body: { __type: 'ResourceInUseException' } },
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    { status: 200, body: { Table: { ...DESCRIPTION, AttributeDefinitions: attributes } } },
  ];
  await serve((operation) => (operation === 'CreateTable' ? answers[1] : answers[Math.min(operations.length - 1, 3)]));
  await expect(createTable(endpoint, TABLE)).rejects.toThrow(/^The key of the existing table things differs/);
});

test('pauses between checks for a table that is not visible yet', async () => {
  const missing = { status: 400, body: { __type: 'ResourceNotFoundException' } };
  const startedAt = performance.now();
  const isVisible = () => performance.now() - startedAt > 200;
  await serve((operation) =>
    operation === 'CreateTable' || isVisible() ? { status: 200, body: { Table: DESCRIPTION } } : missing,
  );
  await createTable(endpoint, TABLE);
  expect(operations.length).toBeLessThan(25);
});

test.each([0, 1, 2])(
  'an aborted signal stops createTable immediately while call %i has no response',
  async (number) => {
    const answers = [
      { status: 400, body: { __type: 'ResourceNotFoundException' } },
      { status: 200, body: {} },
    ];
    await serve(() => (operations.length > number ? undefined : answers[operations.length - 1]));
    const abort = new AbortController();
    const creating = createTable(endpoint, TABLE, { signal: abort.signal });
    creating.catch(() => undefined);
    while (operations.length <= number) await setTimeout(5);
    const startedAt = performance.now();
    abort.abort();
    await expect(creating).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  },
);
