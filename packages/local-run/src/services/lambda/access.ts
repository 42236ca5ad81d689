/** What a pool asks of DynamoDB: credentials for its instances, and the calls that they made with them. */
import type { GuardedDynamodb } from '../dynamodb/dynamodb';
import { issue } from '../dynamodb/guard/session';

export type DynamodbAccess = Pick<GuardedDynamodb, 'issue' | 'take'>;

/** Credentials that nobody checks. */
export const UNGUARDED: DynamodbAccess = { issue: (caller) => issue('', caller), take: () => [] };
