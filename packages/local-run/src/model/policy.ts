/** What a role may do, as plain data. */

/** One key of one operator; plain data. */
export interface Condition {
  /** `StringEquals`, without what stands before and behind it. */
  readonly operator: string;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  /** In lower case: IAM does not tell cases of keys apart. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement that has to do with DynamoDB; plain data. */
export interface Statement {
  /** `statement 2 (ReadItems) of aws_iam_role_policy.function`. */
  readonly where: string;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns: `dynamodb:Get*`. */
  readonly actions: readonly string[];
  /** Whether `actions` are those that it is not about: `NotAction`. */
  readonly notActions: boolean;
  readonly resources: readonly string[];
  readonly notResources: boolean;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly statements: readonly Statement[];
  /** Actions of other services that it allows; the local run has none of these services. */
  readonly otherActions: readonly string[];
}
