/** What a pool needs of DynamoDB: credentials for its instances and the calls that they made with them. */
import type { GuardedDynamodb } from '../dynamodb/dynamodb';
import { issue } from '../dynamodb/guard/session';

export type DynamodbAccess = Pick<GuardedDynamodb, 'issue' | 'take'>;

/** Issues credentials that nothing checks, for a DynamoDB without a guard. */
export const UNGUARDED: DynamodbAccess = { issue: (caller) => issue('', caller), take: () => [] };
