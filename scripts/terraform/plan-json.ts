/** The parts of `terraform show -json PLAN` that the scripts read. */
import { readFileSync } from 'node:fs';

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
  readonly configuration?: {
    readonly root_module?: {
      readonly outputs?: Readonly<
        Record<string, { readonly expression?: { readonly references?: readonly string[] } }>
      >;
    };
  };
}

export function readPlanJson(file: string): PlanJson {
  return JSON.parse(readFileSync(file, 'utf8')) as PlanJson;
}

/** Returns the resources of a type. */
export function resourcesOf({ resource_changes: resources = [] }: PlanJson, type: string): readonly PlannedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The attributes before or after the apply. @returns `{}` when the resource does not exist then */
export function attributes(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {};
}

/** Whether a value, or a part of it, is known only after the apply. @param mark its part of `after_unknown` */
export function isUnknown(mark: unknown): boolean {
  return mark === true || (typeof mark === 'object' && mark !== null && Object.values(mark).some(isUnknown));
}
