/** IAM policies as plain data. */

/** A condition of a statement: an operator, a condition key and the values to compare with. */
export interface Condition {
  /** `StringEquals`, without the prefix `ForAllValues:` or `ForAnyValue:` and the suffix `IfExists`. */
  readonly operator: string;
  /** The prefix of the operator. It is required for condition keys with several values. */
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  /** Whether the operator ends in `IfExists`: the condition holds for a call without the key. */
  readonly ifExists: boolean;
  /** In lower case: IAM ignores the case of condition keys. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement about the service that the local run evaluates: DynamoDB, or `execute-api` in the policy of an authorizer. */
export interface Statement {
  /** The location for messages: `statement 2 (ReadItems) of aws_iam_role_policy.function`. */
  readonly where: string;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns such as `dynamodb:Get*`. */
  readonly actions: readonly string[];
  /** Whether the statement has `NotAction`: it applies to all actions except `actions`. */
  readonly notActions: boolean;
  readonly resources: readonly string[];
  /** Whether the statement has `NotResource`: it applies to all resources except `resources`. */
  readonly notResources: boolean;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  readonly statements: readonly Statement[];
  /** Allowed actions of other services. The local run does not emulate these services. */
  readonly otherActions: readonly string[];
}

/** An element that IAM accepts and the local run cannot evaluate. */
export interface UnsupportedElement {
  /** The element with its statement: `statement 2 (ReadItems): the condition operator IpAddress`. */
  readonly found: string;
  /** What the local run evaluates in its place. */
  readonly supported: string;
}

/** A statement of the policy of an API or function, which names the callers that it concerns. */
export interface ResourceStatement extends Statement {
  /** `*` for everybody, ARNs, and account ids. AWS services are left out: they call no API. */
  readonly principals: readonly string[];
}
