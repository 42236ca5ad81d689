/** A contract change that breaks callers or does not fit stored items. */
export interface Finding {
  /** The changed part of the contract. @example 'POST /todos, body title' */
  readonly place: string;
  /** The new and the old value, as a predicate. @example 'has maxLength 100, was 200' */
  readonly change: string;
}

/** Collects findings, without duplicates: several routes can share a schema. */
export class Findings {
  private readonly found = new Map<string, Finding>();

  add(place: string, change: string): void {
    this.found.set(`${place}\n${change}`, { place, change });
  }

  get all(): readonly Finding[] {
    return [...this.found.values()];
  }
}

/** Formats a value as JSON; `none` for undefined. */
export function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
