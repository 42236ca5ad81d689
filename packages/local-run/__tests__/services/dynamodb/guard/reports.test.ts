/** Tests the guard's reports of calls that the AWS SDK makes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Dynamodb, type GuardedDynamodb, remoteDynamodb } from '../../../../src/services/dynamodb/dynamodb';
import type { DynamodbCall } from '../../../../src/model/dynamodb-call';
import { readPolicy } from '../../../../src/services/iam/policy';
import { startTable } from '../../../support/dynamodb';
import { CALLER, ROLE_ARN } from '../../../support/guarded-table';

let dynamodb: Dynamodb;
let guarded: GuardedDynamodb;
let calls: DynamodbCall[];

beforeAll(async () => {
  calls = [];
  dynamodb = await startTable('pets');
  // Without a statement, the guard denies each call. It also reports denied calls.
  const rules = { roles: [{ arn: ROLE_ARN, statements: [] }], tables: [] };
  guarded = await dynamodb.startGuard(rules, (call) => calls.push(call));
});
afterAll(() => dynamodb.stop());

/** Runs a test with new credentials. `get` makes a denied call with them, and `accessKeyId` identifies these calls. */
async function withCaller<T>(run: (get: () => Promise<unknown>, accessKeyId: string) => Promise<T>): Promise<T> {
  const credentials = guarded.issueCredentials(CALLER);
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: guarded.endpoint, credentials });
  const get = () =>
    expect(client.send(new GetItemCommand({ TableName: 'pets', Key: { id: { S: 'a' } } }))).rejects.toThrow(
      /not authorized/,
    );
  try {
    return await run(get, credentials.accessKeyId);
  } finally {
    client.destroy();
  }
}

test('attributes calls to the access key that made them', () =>
  withCaller(async (get, key) => {
    await Promise.all([get(), get()]);
    expect(guarded.takeCalls(key)).toHaveLength(2);
    await get();
    expect(guarded.takeCalls(key)).toHaveLength(1);
    expect(guarded.takeCalls(key)).toEqual([]);
  }));

test('reports a call although takeCalls is never called', () =>
  withCaller(async (get, key) => {
    calls = [];
    await get();
    await new Promise((done) => setTimeout(done, 200));
    expect(calls).toMatchObject([{ accessKeyId: key, operation: 'GetItem', decision: 'denied' }]);
  }));

test.each([
  ['closes the connection without a response', undefined],
  ['closes the connection during its response', '{"Item"'],
])('reports an allowed call when the remote DynamoDB %s', async (_what, piece) => {
  const server = createServer((_request, response) => {
    if (piece === undefined) response.destroy();
    else response.write(piece, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const remote = await remoteDynamodb(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, console.error);
  const { policy } = readPolicy('test', '{"Statement":{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*"}}');
  const remoteGuard = await remote.startGuard(
    { roles: [{ arn: ROLE_ARN, statements: policy.statements }], tables: [] },
    () => undefined,
  );
  const credentials = remoteGuard.issueCredentials(CALLER);
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: remoteGuard.endpoint,
    credentials,
    maxAttempts: 1,
  });
  try {
    const get = client.send(new GetItemCommand({ TableName: 'pets', Key: { id: { S: 'a' } } }));
    await expect(get).rejects.toThrow(/socket hang up|aborted|ECONNRESET/);
    expect(remoteGuard.takeCalls(credentials.accessKeyId)).toMatchObject([
      { operation: 'GetItem', decision: 'allowed', status: 0 },
    ]);
  } finally {
    client.destroy();
    await remote.stop();
    server.closeAllConnections();
    server.close();
  }
});
