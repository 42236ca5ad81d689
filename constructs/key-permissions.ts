/** Permissions of a function's role for the customer managed key of its API. */
import type { Statement } from './policy-statement';

/** Service names in `kms:ViaService`: calls that DynamoDB makes with the permissions of its caller. */
export const VIA_DYNAMODB = { StringLike: { 'kms:ViaService': ['dynamodb.*.amazonaws.com'] } };

/** Actions that DynamoDB needs from its caller (DynamoDB developer guide, "Authorizing use of your AWS KMS key"). */
export const TABLE_KEY_ACTIONS = [
  ...['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
];

/**
 * Makes the statements: for calls of DynamoDB, and for the variables, which Lambda decrypts with the permissions of the role.
 * @param keyArns ARNs of keys, or a pattern
 * @param functions ARNs of functions, with wildcards
 */
export function keyStatements(keyArns: readonly string[], functions: readonly string[]): Statement[] {
  return [
    { sid: 'TableKey', actions: TABLE_KEY_ACTIONS, resources: keyArns, conditions: VIA_DYNAMODB },
    {
      sid: 'VariablesKey',
      actions: ['kms:Decrypt'],
      resources: keyArns,
      // The name of the variables' encryption context (Lambda developer guide, "Securing Lambda environment variables").
      conditions: { StringLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': functions } },
    },
  ];
}
