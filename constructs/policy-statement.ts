/** Statements of IAM and bucket policies, and the Terraform data source that renders them as a policy. */
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import type { Construct } from 'constructs';

/**
 * Conditions by operator and condition key. All conditions must match; a condition matches if one of its values matches.
 * @example { StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com'] } }
 */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface Statement {
  /** Letters and digits, unique in the policy. */
  readonly sid?: string;
  /** @default 'Allow' */
  readonly effect?: 'Allow' | 'Deny';
  /** The actions of the statement. A statement has `actions` or `notActions`. */
  readonly actions?: readonly string[];
  /** The statement applies to all actions except these. */
  readonly notActions?: readonly string[];
  /** The principals of a bucket policy or trust policy. @default none, as in the policies of roles */
  readonly principals?: { readonly type: string; readonly identifiers: readonly string[] };
  /** ARNs, with wildcards. @default none, as in trust policies */
  readonly resources?: readonly string[];
  /** @default none */
  readonly conditions?: Conditions;
}

/** Makes a policy document. Its `json` is the policy. */
export function policyDocument(
  scope: Construct,
  id: string,
  statements: readonly Statement[],
): DataAwsIamPolicyDocument {
  return new DataAwsIamPolicyDocument(scope, id, { statement: statements.map(toTerraform) });
}

function toTerraform({ sid, effect, actions, notActions, principals, resources, conditions = {} }: Statement) {
  return {
    ...(sid !== undefined && { sid }),
    ...(effect && { effect }),
    ...(principals && { principals: [{ type: principals.type, identifiers: [...principals.identifiers] }] }),
    ...(actions && { actions: [...actions] }),
    ...(notActions && { notActions: [...notActions] }),
    ...(resources && { resources: [...resources] }),
    condition: Object.entries(conditions).flatMap(([test, keys]) =>
      Object.entries(keys).map(([variable, values]) => ({ test, variable, values: [...values] })),
    ),
  };
}
