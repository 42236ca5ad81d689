/** The part of `terraform show -json PLAN` that decides whether a deployment of a REST API must be replaced. */

export type Attributes = Readonly<Record<string, unknown>>;

export interface PlannedChange {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
}

export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly change: PlannedChange;
}

export interface PlanJson {
  readonly resource_changes?: readonly PlannedResource[];
  readonly output_changes?: Readonly<Record<string, PlannedChange>>;
}

/** The attributes before or after the apply. @returns `{}` when the resource does not exist then */
export function attributes(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {};
}
