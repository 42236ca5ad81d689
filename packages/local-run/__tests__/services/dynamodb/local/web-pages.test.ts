/** Web pages and other programs cannot call the ports of DynamoDB. */
import { callDynamodb } from '../../../../src/services/dynamodb/client';
import { type Dynamodb, type GuardedDynamodb } from '../../../../src/services/dynamodb/dynamodb';
import { PLACEHOLDER_SIGNATURE } from '../../../../src/services/dynamodb/placeholder-signature';
import { startTable } from '../../../support/dynamodb';
import { send } from '../../../support/http';

let dynamodb: Dynamodb;
let guarded: GuardedDynamodb;

beforeAll(async () => {
  dynamodb = await startTable('pets');
  guarded = await dynamodb.startGuard({ roles: [], tables: [] }, () => undefined);
});

afterAll(() => dynamodb.stop());

const LIST_TABLES = {
  'x-amz-target': 'DynamoDB_20120810.ListTables',
  'content-type': 'application/x-amz-json-1.0',
  ...PLACEHOLDER_SIGNATURE,
};

const endpoints = { 'the built-in DynamoDB': () => dynamodb.endpoint, 'the guard': () => guarded.endpoint };

const FOREIGN: readonly [string, string, Record<string, string>][] = [
  ['a foreign Origin', 'POST', { origin: 'https://curious.example' }],
  ['Origin: null', 'POST', { origin: 'null' }],
  ['a preflight', 'OPTIONS', { origin: 'https://curious.example', 'access-control-request-method': 'POST' }],
  ['a foreign Host', 'POST', { host: 'curious.example' }],
  ['a foreign Host with GET', 'GET', { host: 'curious.example:8000' }],
];

describe.each(Object.entries(endpoints))('%s', (_name, endpoint) => {
  test.each(FOREIGN)('refuses %s', async (_case, method, headers) => {
    const { origin, pathname } = new URL(endpoint());
    const answer = await send(origin, method, pathname, { headers: { ...LIST_TABLES, ...headers }, body: '{}' });
    expect([answer.status, answer.text]).toEqual([403, '']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test.each(['/', '/wrong', '/?X-Amz-Algorithm=a'])(
  'the built-in DynamoDB refuses a call to %s, without the token of the run',
  async (path) => {
    const { origin } = new URL(dynamodb.endpoint);
    const answer = await send(origin, 'POST', path, { headers: LIST_TABLES, body: '{}' });
    expect([answer.status, answer.text]).toEqual([403, '']);
  },
);

test('the local run itself can call the built-in DynamoDB', async () => {
  expect((await callDynamodb(dynamodb.endpoint, 'ListTables', {})).body).toEqual({ TableNames: ['pets'] });
});
