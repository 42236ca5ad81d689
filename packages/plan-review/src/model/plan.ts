/** The model of a plan: everything that Terraform would do, without sensitive values. */
import type { Value } from './value';

/**
 * What Terraform does to a resource. `forget` removes it from the state only; `read` reads a data source during the apply;
 * `none` moves or imports it without a change.
 */
export type Action = 'create' | 'change' | 'replace' | 'delete' | 'forget' | 'read' | 'none';

export interface Change {
  /** Terraform's address. For a deposed object, its key follows: `aws_s3_bucket.logs (deposed 1a2b3c4d)`. */
  readonly address: string;
  /** For example `aws_dynamodb_table`; `output` for an output. */
  readonly type: string;
  readonly action: Action;
  /** Whether a replacement is created before the old resource is deleted. */
  readonly createFirst: boolean;
  /** Null when the resource does not exist before the apply. */
  readonly before: Value;
  /** Null when the resource does not exist after the apply. */
  readonly after: Value;
  /** The paths that force a replacement, for example `['rule', 0, 'days']`. */
  readonly forcedBy: readonly (readonly (string | number)[])[];
  /** The previous address of a moved resource. */
  readonly movedFrom?: string;
  /** The id of an imported resource. */
  readonly importedFrom?: string;
}

export interface Plan {
  /** The stack's name. */
  readonly name: string;
  /** Managed resources that change, move or are imported. */
  readonly changes: readonly Change[];
  /** Data sources that are read during the apply, because their arguments are not known yet. */
  readonly reads: readonly Change[];
  readonly outputs: readonly Change[];
  /** Changes made outside Terraform that matter to this plan. */
  readonly drift: readonly Change[];
  /** The constant region of each provider configuration. */
  readonly regions: Readonly<Record<string, string>>;
  /** The references in the configuration, by resource address and attribute name. */
  readonly references: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The actions on managed resources, the most dangerous first. */
export const ACTIONS = ['replace', 'delete', 'change', 'create', 'forget'] as const;

/** Removes the instance key and the deposed key: `aws_s3_bucket.logs[0]` becomes `aws_s3_bucket.logs`. */
export function configurationAddress(address: string): string {
  return address.replace(/(\[[^\]]*\])?( \(deposed .*\))?$/, '');
}
