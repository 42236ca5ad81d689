/** The part of DynamoDB that a pool uses: it issues credentials to instances and records the calls made with them. */
import type { GuardedDynamodb } from '../dynamodb/dynamodb';
import { issueCredentials } from '../dynamodb/guard/credentials';

export type DynamodbAccess = Pick<GuardedDynamodb, 'issueCredentials' | 'takeCalls'>;

/** Issues credentials that nothing checks, for a DynamoDB without a guard. */
export const UNGUARDED: DynamodbAccess = {
  issueCredentials: (caller) => issueCredentials('', caller),
  takeCalls: () => [],
};
