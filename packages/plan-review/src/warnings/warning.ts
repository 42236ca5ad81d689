/** A warning: a consequence of a plan that a reviewer must not overlook. */
import type { Change, Plan, ValuePath } from '../model/plan';
import { UNKNOWN, type Value } from '../model/value';

/**
 * - `data`: data is deleted
 * - `access`: more callers get access, or more actions are allowed
 * - `protection`: data is less protected
 * - `callers`: calls to an API stop working
 * - `runs`: the apply runs a program
 * - `hidden`: nobody can review a value
 */
export type WarningKind = 'data' | 'access' | 'protection' | 'callers' | 'runs' | 'hidden';

/** A part of a sentence. The printer escapes and masks names and values; a value of a policy is never shortened. */
export type Part =
  string | { readonly name: string } | { readonly value: Value; readonly path?: ValuePath; readonly of?: 'policy' };

export interface Warning {
  readonly kind: WarningKind;
  /** The address of the resource, or another place in the plan. */
  readonly address: string;
  /** The rest of a sentence that starts with the address: "loses deletion protection". */
  readonly text: readonly Part[];
}

/** Finds the warnings about one change of a plan. */
export type Rule = (change: Change, plan: Plan) => readonly Warning[];

/** The texts of warnings about one change. */
export type Check = (change: Change, plan: Plan) => readonly (readonly Part[])[];

/** Makes a rule of checks that cause one kind of warning. */
export function rule(kind: WarningKind, ...checks: readonly Check[]): Rule {
  return (change, plan) =>
    checks.flatMap((check) => check(change, plan)).map((parts) => ({ kind, address: change.address, text: parts }));
}

/** Makes a sentence with parts. `**` around words emphasizes them. @example text`loses its limit ${name('source_arn')}` */
export function text(
  strings: TemplateStringsArray,
  ...parts: readonly (Part | number | readonly Part[])[]
): readonly Part[] {
  return strings
    .flatMap((string, index) => {
      const part = parts[index];
      const list = part === undefined ? [] : Array.isArray(part) ? (part as readonly Part[]) : [part as Part | number];
      return [string, ...list.map((member) => (typeof member === 'number' ? String(member) : member))];
    })
    .filter((part) => part !== '');
}

/** The name of an attribute, action or setting. */
export function name(value: string): Part {
  return { name: value };
}

/** A value of the change. @param path its path: the printer hides a sensitive value */
export function value(shown: Value | undefined, path: ValuePath): Part {
  if (shown === undefined || shown === null) return 'nothing';
  if (shown === UNKNOWN) return '(known after apply)';
  return { value: shown, path };
}

/** Values of a change, with commas between them. */
export function values(members: readonly { readonly member: Value; readonly path: ValuePath }[]): readonly Part[] {
  return join(members.map(({ member, path }) => value(member, path)));
}

/** Joins lists of parts with commas. */
export function join(lists: readonly (Part | readonly Part[])[], separator = ', '): readonly Part[] {
  return lists.flatMap((list, index) => {
    const parts = Array.isArray(list) ? (list as readonly Part[]) : [list as Part];
    return index === 0 ? parts : [separator, ...parts];
  });
}
