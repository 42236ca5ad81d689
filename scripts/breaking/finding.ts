/** A change of a contract that breaks its callers, or that stored items do not fit. */
export interface Finding {
  /** @example 'POST /todos, body title' */
  readonly place: string;
  /** What is now, and what was. @example 'has maxLength 100, was 200' */
  readonly change: string;
}

/** Collects findings. Each is kept once, though many routes may share a schema. */
export class Findings {
  private readonly found = new Map<string, Finding>();

  add(place: string, change: string): void {
    this.found.set(`${place}\n${change}`, { place, change });
  }

  get all(): readonly Finding[] {
    return [...this.found.values()];
  }
}

/** A value as JSON; `none` when there is none. */
export function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
