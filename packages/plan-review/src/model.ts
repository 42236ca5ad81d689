/** A plan as the rest of the scripts sees it: what would be done, with nothing sensitive in it. */
import type { Value } from './value';

/** `forget` leaves the resource as it is and out of the state; `read` is a data source that is read during the apply. */
export type Action = 'create' | 'change' | 'replace' | 'delete' | 'forget' | 'read' | 'none';

export interface Change {
  /** Terraform's address, with the deposed object's key where it is about one. */
  readonly address: string;
  /** For example `aws_dynamodb_table`; of outputs `output`. */
  readonly type: string;
  readonly action: Action;
  /** Whether a replacement is created before the old one is deleted. */
  readonly createFirst: boolean;
  readonly before: Value;
  readonly after: Value;
  /** The paths that force a replacement, `['rule', 0, 'days']`. */
  readonly forcedBy: readonly (readonly (string | number)[])[];
  /** The address before it was moved. */
  readonly movedFrom?: string;
  /** The id by which it is imported. */
  readonly importedFrom?: string;
}

export interface Plan {
  /** The stack's name. */
  readonly name: string;
  /** Managed resources; those with nothing to do only where they are moved or imported. */
  readonly changes: readonly Change[];
  /** Data sources that are read during the apply, as their arguments are not known yet. */
  readonly reads: readonly Change[];
  readonly outputs: readonly Change[];
  /** What has changed outside Terraform, as far as there is more to it than null and empty. */
  readonly drift: readonly Change[];
  /** The region of each provider configuration, where it is written down. */
  readonly regions: Readonly<Record<string, string>>;
  /** What the attributes of a resource are made from: address, attribute, references. */
  readonly references: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Order of urgency. */
export const ACTIONS = ['replace', 'delete', 'change', 'create', 'forget'] as const;

/** The counts of a plan, or of several: "1 to replace, 2 to change". */
export function countsText(changes: readonly Change[]): string {
  const counts = ACTIONS.map(
    (action) => [action, changes.filter((change) => change.action === action).length] as const,
  );
  const texts = counts.filter(([, count]) => count > 0).map(([action, count]) => `${count} to ${action}`);
  const others = changes.filter(({ action }) => action === 'none').length;
  if (others > 0) texts.push(`${others} to move or import`);
  return texts.length === 0 ? 'No changes' : texts.join(', ');
}
