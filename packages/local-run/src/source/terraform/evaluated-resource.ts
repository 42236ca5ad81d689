/** A resource or data source of a Terraform configuration, after Terraform evaluated it. */
import type { Attributes } from '../terraform-json/resource';

export interface EvaluatedResource {
  /** `aws_lambda_function.api`, `module.api.aws_lambda_function.this["list"]`, `data.aws_region.current`. */
  readonly address: string;
  readonly type: string;
  /** `managed`: a resource block. `data`: a data block. */
  readonly mode: 'managed' | 'data';
  /** The attributes and blocks that the configuration sets. Attributes without a value are absent. */
  readonly configured: Attributes;
  /** All attributes: configured attributes, defaults of the provider, and values that AWS would compute. */
  readonly values: Attributes;
  /** Addresses of the resources that it refers to, without instance keys: `module.api.aws_lambda_function.this`. */
  readonly dependencies: readonly string[];
}

export interface EvaluatedConfiguration {
  readonly resources: readonly EvaluatedResource[];
  /** The outputs of the root module. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The names of the outputs that are not for the terminal. @default none */
  readonly sensitiveOutputs?: readonly string[];
  /** The account id that the configuration names. @default ACCOUNT_ID */
  readonly account: string;
  /** The region of the default AWS provider. */
  readonly region: string;
  /**
   * Files that stand-in providers wrote, such as archives of `archive_file`: the file that contains them, by the absolute path
   * that the configuration names.
   */
  readonly files: ReadonlyMap<string, string>;
}
