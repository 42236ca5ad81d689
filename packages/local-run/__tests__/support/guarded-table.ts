/** The guard before a real dynalite, called by the real SDK with the credentials of a function. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Dynamodb, type GuardedDynamodb, remoteDynamodb } from '../../src/services/dynamodb/dynamodb';
import type { DynamodbCall } from '../../src/model/dynamodb-call';
import { readPolicy } from '../../src/services/iam/policy';
import { startTable } from './dynamodb';

export const ROLE = 'arn:aws:iam::000000000000:role/items-role';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:items-function';
export const tableArn = (name: string, region = 'us-east-1') => `arn:aws:dynamodb:${region}:000000000000:table/${name}`;
export const TABLE = tableArn('items');
export const caller = { functionName: 'items-function', functionArn: FUNCTION, roleArn: ROLE };

/** With dynalite in the guard's thread, and with one that runs elsewhere. */
export const KINDS = ['dynalite', 'a DynamoDB elsewhere'] as const;

/** For the tests of a `describe`: a table `items` with the partition key `id`. */
export function guardedTable(kind: (typeof KINDS)[number]) {
  const running: Dynamodb[] = [];
  /** Those that were reported in this test. */
  const calls: DynamodbCall[] = [];
  let guarded: GuardedDynamodb;

  beforeAll(async () => {
    const table = await startTable('items');
    running.push(table);
    if (kind !== 'dynalite') {
      running.unshift(await remoteDynamodb(table.endpoint, (fault) => console.error(fault)));
    }
    guarded = await (running[0] ?? table).guard({ roles: [], tables: [] }, (call) => calls.push(call));
  });

  afterAll(async () => {
    for (const one of running) await one.stop();
  });

  afterEach(() => calls.splice(0));

  return {
    calls,
    get guarded() {
      return guarded;
    },
    /** These statements are the role's policy now. */
    allow(...statements: object[]): Promise<void> {
      const json = JSON.stringify({
        Statement: statements.map((one) => ({ Effect: 'Allow', Resource: TABLE, ...one })),
      });
      const { policy, faults } = readPolicy('test', json);
      expect(faults).toEqual([]);
      const roles = [{ arn: ROLE, statements: policy.statements }];
      return guarded.apply({ roles, tables: [{ arn: TABLE, partitionKey: 'id' }] });
    },
    client(options: { region?: string; credentials?: object } = {}): DynamoDBClient {
      const credentials = { ...guarded.issue(caller), ...options.credentials };
      return new DynamoDBClient({ region: options.region ?? 'us-east-1', endpoint: guarded.endpoint, credentials });
    },
  };
}

export async function failure(promise: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> {
  const error = (await promise.then(
    () => new Error('It succeeded'),
    (thrown: unknown) => thrown,
  )) as Error & { $metadata?: { httpStatusCode?: number } };
  return {
    name: error.name,
    message: error.message,
    ...(error.$metadata && { status: error.$metadata.httpStatusCode }),
  };
}

/** What DynamoDB says to whom nothing allows it. */
export const denied = (action: string, resource = TABLE) => ({
  name: 'AccessDeniedException',
  status: 400,
  message:
    'User: arn:aws:sts::000000000000:assumed-role/items-role/items-function is not authorized to perform: ' +
    `dynamodb:${action} on resource: ${resource} because no identity-based policy allows the dynamodb:${action} action`,
});
