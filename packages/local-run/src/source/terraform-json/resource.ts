/** Types of a resource or data source of a stack, with all references evaluated. */

export type Attributes = Readonly<Record<string, unknown>>;

export interface Resource {
  /** `aws_lambda_function.function`, or `data.aws_iam_policy_document.trust`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** The value of the key `//`, which Terraform ignores. */
  readonly comment: Attributes;
}
