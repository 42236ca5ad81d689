/** Types of a resource or data source of a stack, with all references evaluated. */
import type { NotSimulated } from '../../model/not-simulated';

export type Attributes = Readonly<Record<string, unknown>>;

export interface Resource {
  /** `aws_lambda_function.function`, or `data.aws_iam_policy_document.trust`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** The attributes that the configuration sets. The other attributes are made up. @default none */
  readonly configured?: Attributes;
  /** The value of the key `//`, which Terraform ignores. */
  readonly comment: Attributes;
  /** What the local run does not simulate of this resource, and of the resources that it depends on. */
  readonly causes: readonly NotSimulated[];
}
