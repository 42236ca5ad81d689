/** What a pool needs of DynamoDB: credentials for its instances and the calls that they made with them. */
import type { GuardedDynamodb } from '../dynamodb/dynamodb';
import { issueCredentials } from '../dynamodb/guard/credentials';

export type DynamodbAccess = Pick<GuardedDynamodb, 'issueCredentials' | 'takeCalls'>;

/** Issues credentials that nothing checks, for a DynamoDB without a guard. */
export const UNGUARDED: DynamodbAccess = {
  issueCredentials: (caller) => issueCredentials('', caller),
  takeCalls: () => [],
};
