/** Tables at an endpoint: made where there are none, kept where there are, and given up by a signal. */
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
const DESCRIBED = { TableStatus: 'ACTIVE', KeySchema: TABLE.keySchema, AttributeDefinitions: TABLE.attributes };

let server: Server;
let asked: string[];
let endpoint: string;

/** @param answer to an operation; undefined: none at all */
async function serve(answer: (operation: string) => { readonly status: number; readonly body: object } | undefined) {
  asked = [];
  server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    asked.push(operation);
    const given = answer(operation);
    if (given) response.writeHead(given.status).end(JSON.stringify(given.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('one that is there is looked at once, and nothing is made', async () => {
  await serve(() => ({ status: 200, body: { Table: DESCRIBED } }));
  await createTable(endpoint, TABLE);
  expect(asked).toEqual(['DescribeTable']);
});

test('one that is not there is made, and waited for', async () => {
  const answers = [
    { status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException' } },
    { status: 200, body: {} },
    { status: 200, body: { Table: { ...DESCRIBED, TableStatus: 'CREATING' } } },
    { status: 200, body: { Table: DESCRIBED } },
  ];
  await serve(() => answers[asked.length - 1]);
  await createTable(endpoint, TABLE);
  expect(asked).toEqual(['DescribeTable', 'CreateTable', 'DescribeTable', 'DescribeTable']);
});

test('in memory it is made at once, and looked at only where it is there', async () => {
  const inUse = { status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceInUseException' } };
  await serve((operation) => (operation === 'CreateTable' ? inUse : { status: 200, body: { Table: DESCRIBED } }));
  await createTable(endpoint, TABLE, undefined, true);
  expect(asked).toEqual(['CreateTable', 'DescribeTable']);
  const attributes = [{ AttributeName: 'id', AttributeType: 'N' }];
  await expect(createTable(endpoint, { ...TABLE, attributes }, undefined, true)).rejects.toThrow(/has another key/);
});

test('one that somebody else makes meanwhile is waited for', async () => {
  const answers = [
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    { status: 400, body: { __type: 'ResourceInUseException' } },
    { status: 200, body: { Table: { ...DESCRIBED, TableStatus: 'CREATING' } } },
    { status: 200, body: { Table: DESCRIBED } },
  ];
  await serve(() => answers[asked.length - 1]);
  await createTable(endpoint, TABLE);
  expect(asked).toEqual(['DescribeTable', 'CreateTable', 'DescribeTable', 'DescribeTable']);
});

test('one that was being deleted is made anew', async () => {
  const answers = [
    { status: 200, body: { Table: { ...DESCRIBED, TableStatus: 'DELETING' } } },
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    { status: 200, body: {} },
    { status: 200, body: { Table: DESCRIBED } },
  ];
  await serve(() => answers[asked.length - 1]);
  await createTable(endpoint, TABLE);
  expect(asked).toEqual(['DescribeTable', 'DescribeTable', 'CreateTable', 'DescribeTable']);
});

test('one with another key is refused, also when it is seen late', async () => {
  const attributes = [{ AttributeName: 'id', AttributeType: 'N' }];
  const answers = [
    ...[
      { status: 400, body: { __type: 'ResourceNotFoundException' } },
      { status: 400, body: { __type: 'ResourceInUseException' } },
    ],
    ...[{ status: 400, body: { __type: 'ResourceNotFoundException' } }],
    { status: 200, body: { Table: { ...DESCRIBED, AttributeDefinitions: attributes } } },
  ];
  const late = (operation: string) =>
    operation === 'CreateTable' ? answers[1] : answers[Math.min(asked.length - 1, 3)];
  await serve(late);
  await expect(createTable(endpoint, TABLE)).rejects.toThrow(/has another key/);
});

test('one that is not seen yet when it has been made is not asked for without a pause', async () => {
  const missing = { status: 400, body: { __type: 'ResourceNotFoundException' } };
  const began = performance.now();
  const seen = () => performance.now() - began > 200;
  await serve((operation) =>
    operation === 'CreateTable' || seen() ? { status: 200, body: { Table: DESCRIBED } } : missing,
  );
  await createTable(endpoint, TABLE);
  expect(asked.length).toBeLessThan(25);
});

test.each([0, 1, 2])('a signal gives it up at once where the call number %i is never answered', async (number) => {
  const answers = [
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    { status: 200, body: {} },
  ];
  await serve(() => (asked.length > number ? undefined : answers[asked.length - 1]));
  const abort = new AbortController();
  const creating = createTable(endpoint, TABLE, abort.signal);
  creating.catch(() => undefined);
  while (asked.length <= number) await setTimeout(5);
  const began = performance.now();
  abort.abort();
  await expect(creating).rejects.toMatchObject({ name: 'AbortError' });
  expect(performance.now() - began).toBeLessThan(1000);
});
