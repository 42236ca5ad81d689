/** When a call is told of, and to which invocation it belongs: a real dynalite behind the guard, called by the real SDK. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { sharedNow } from '../../../../src/services/clock';
import { type Dynamodb, type GuardedDynamodb, remoteDynamodb } from '../../../../src/services/dynamodb/dynamodb';
import type { DynamodbCall } from '../../../../src/model/dynamodb-call';
import { readPolicy } from '../../../../src/services/iam/policy';
import { startTable } from '../../../support/dynamodb';

/** Without a policy each call is denied, and reported all the same. */
const ROLE = 'arn:aws:iam::000000000000:role/items-role';
const CALLER = {
  functionName: 'items-function',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:items-function',
  roleArn: ROLE,
};

let dynamodb: Dynamodb;
let guarded: GuardedDynamodb;
let calls: DynamodbCall[];

beforeAll(async () => {
  calls = [];
  dynamodb = await startTable('items');
  guarded = await dynamodb.guard({ roles: [{ arn: ROLE, statements: [] }], tables: [] }, (call) => calls.push(call));
});
afterAll(() => dynamodb.stop());

async function called<T>(act: (get: () => Promise<unknown>, accessKeyId: string) => Promise<T>): Promise<T> {
  const credentials = guarded.issue(CALLER);
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: guarded.endpoint, credentials });
  const get = () =>
    expect(client.send(new GetItemCommand({ TableName: 'items', Key: { id: { S: 'a' } } }))).rejects.toThrow(
      /not authorized/,
    );
  try {
    return await act(get, credentials.accessKeyId);
  } finally {
    client.destroy();
  }
}

test('calls that came later than an answer are of the next invocation', () =>
  called(async (get, key) => {
    await Promise.all([get(), get()]);
    const ended = sharedNow();
    await get();
    expect(guarded.take(key, ended)).toHaveLength(2);
    expect(guarded.take(key, ended)).toEqual([]);
    expect(guarded.take(key)).toHaveLength(1);
  }));

test('a call is told of soon, though nobody takes it', () =>
  called(async (get, key) => {
    calls = [];
    await get();
    await new Promise((done) => setTimeout(done, 200));
    expect(calls).toMatchObject([{ accessKeyId: key, operation: 'GetItem', decision: 'denied' }]);
  }));

test.each([
  ['is not there', undefined],
  ['breaks off', '{"Item"'],
])('a call that is allowed is told of also where the DynamoDB elsewhere %s', async (_what, piece) => {
  const elsewhere = createServer((_request, response) => {
    if (piece === undefined) response.destroy();
    else response.write(piece, () => response.destroy());
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const remote = await remoteDynamodb(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`, console.error);
  const { policy } = readPolicy('test', '{"Statement":{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*"}}');
  const door = await remote.guard(
    { roles: [{ arn: ROLE, statements: policy.statements }], tables: [] },
    () => undefined,
  );
  const credentials = door.issue(CALLER);
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: door.endpoint, credentials, maxAttempts: 1 });
  try {
    const get = client.send(new GetItemCommand({ TableName: 'items', Key: { id: { S: 'a' } } }));
    await expect(get).rejects.toThrow(/socket hang up|aborted|ECONNRESET/);
    expect(door.take(credentials.accessKeyId)).toMatchObject([
      { operation: 'GetItem', decision: 'allowed', status: 0 },
    ]);
  } finally {
    client.destroy();
    await remote.stop();
    elsewhere.closeAllConnections();
    elsewhere.close();
  }
});
