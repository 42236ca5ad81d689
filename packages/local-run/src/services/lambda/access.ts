/** A pool's access to DynamoDB: credentials for its instances, and a record of the calls that the instances made. */
import type { GuardedDynamodb } from '../dynamodb/dynamodb';
import { issueCredentials } from '../iam/credentials';

export type DynamodbAccess = Pick<GuardedDynamodb, 'issueCredentials' | 'takeCalls'>;

/** For a DynamoDB without a guard: nothing verifies the credentials, and no calls are recorded. */
export const UNGUARDED: DynamodbAccess = {
  issueCredentials: (caller) => issueCredentials('', caller),
  takeCalls: () => [],
};
