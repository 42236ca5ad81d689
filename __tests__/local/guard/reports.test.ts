/** When a call is told of, and to which invocation it belongs: a real dynalite behind the guard, called by the real SDK. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { sharedNow } from '../../../local/clock';
import type { Dynamodb, GuardedDynamodb } from '../../../local/dynamodb';
import type { DynamodbCall } from '../../../local/guard/call';
import { startTable } from '../../support/dynamodb';

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
