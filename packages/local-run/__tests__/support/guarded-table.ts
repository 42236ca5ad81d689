/** Starts the guard in front of dynalite. Tests call it through the AWS SDK, with the credentials of a function. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamodbCall } from '../../src/model/dynamodb-call';
import { type Dynamodb, type GuardedDynamodb, remoteDynamodb } from '../../src/services/dynamodb/dynamodb';
import { readPolicy } from '../../src/services/iam/policy';
import { startTable } from './dynamodb';

export const ROLE_ARN = 'arn:aws:iam::000000000000:role/pets-role';
export const CALLER = {
  functionName: 'pets-function',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:pets-function',
  roleArn: ROLE_ARN,
};
export const tableArn = (name: string, region = 'us-east-1') => `arn:aws:dynamodb:${region}:000000000000:table/${name}`;
export const TABLE_ARN = tableArn('pets');

/** The backends of the guard: dynalite in the guard's thread, or a DynamoDB at an endpoint. */
export const BACKENDS = ['dynalite', 'a remote DynamoDB'] as const;

/** Registers hooks that start and stop the table `pets` for the tests of a `describe`. Its partition key is `id`. */
export function guardedTable(backend: (typeof BACKENDS)[number]) {
  const running: Dynamodb[] = [];
  const calls: DynamodbCall[] = [];
  let guarded: GuardedDynamodb;

  beforeAll(async () => {
    let dynamodb = await startTable('pets');
    running.unshift(dynamodb);
    if (backend === 'a remote DynamoDB') {
      dynamodb = await remoteDynamodb(dynamodb.endpoint, (fault) => console.error(fault));
      running.unshift(dynamodb);
    }
    guarded = await dynamodb.startGuard({ roles: [], tables: [] }, (call) => calls.push(call));
  });

  afterAll(async () => {
    for (const dynamodb of running) await dynamodb.stop();
  });

  afterEach(() => calls.splice(0));

  return {
    /** The calls reported in the current test. */
    calls,
    get guarded() {
      return guarded;
    },
    /** Replaces the policy of the role. By default, a statement is an Allow for the table `pets`. */
    setPolicy(...statements: object[]): Promise<void> {
      const json = JSON.stringify({
        Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: TABLE_ARN, ...statement })),
      });
      const { policy, faults } = readPolicy('test', json);
      expect(faults).toEqual([]);
      const roles = [{ arn: ROLE_ARN, statements: policy.statements }];
      return guarded.setRules({ roles, tables: [{ arn: TABLE_ARN, partitionKey: 'id' }] });
    },
    client(options: { region?: string; credentials?: object } = {}): DynamoDBClient {
      const credentials = { ...guarded.issueCredentials(CALLER), ...options.credentials };
      return new DynamoDBClient({ region: options.region ?? 'us-east-1', endpoint: guarded.endpoint, credentials });
    },
  };
}

/** Returns the error of a failed call. A call that succeeds returns an error with the name `Error`. */
export async function failure(promise: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> {
  const error = (await promise.then(
    () => new Error('The call succeeded'),
    (thrown: unknown) => thrown,
  )) as Error & { $metadata?: { httpStatusCode?: number } };
  return {
    name: error.name,
    message: error.message,
    ...(error.$metadata && { status: error.$metadata.httpStatusCode }),
  };
}

/** DynamoDB's error for an action that no policy allows. */
export const denied = (action: string, resource = TABLE_ARN) => ({
  name: 'AccessDeniedException',
  status: 400,
  message:
    'User: arn:aws:sts::000000000000:assumed-role/pets-role/pets-function is not authorized to perform: ' +
    `dynamodb:${action} on resource: ${resource} because no identity-based policy allows the dynamodb:${action} action`,
});
