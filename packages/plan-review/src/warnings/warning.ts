/** A warning: a consequence of a plan that a reviewer must not overlook. */
import type { Change, Plan, ValuePath } from '../model/plan';
import type { Value } from '../model/value';

/**
 * - `data`: data is deleted
 * - `access`: more callers get access, or more actions are allowed
 * - `protection`: data is less protected
 * - `callers`: calls to an API stop working
 * - `runs`: the apply runs a program
 * - `hidden`: nobody can review a part of the plan
 */
export type WarningKind = 'data' | 'access' | 'protection' | 'callers' | 'runs' | 'hidden';

/**
 * A part of a warning's text. A rule never escapes and never masks; the printer does both. `path` is the path of the value
 * in its change, for `Change.hidden`; a part of a policy is never masked by other secrets.
 */
export type Part =
  string | { readonly name: string } | { readonly value: Value; readonly path?: ValuePath; readonly of?: 'policy' };

export interface Warning {
  readonly kind: WarningKind;
  /** The address of the resource. */
  readonly address: string;
  /** The rest of a sentence that starts with the address: "loses deletion protection". */
  readonly text: readonly Part[];
}

/**
 * Makes a warning's text of words, names and values.
 * @example text`loses its limit ${name('source_arn')}, which was ${value(old, ['source_arn'])}`
 */
export function text(strings: TemplateStringsArray, ...parts: readonly Part[]): readonly Part[] {
  return strings.flatMap((words, index) => [words, parts[index] ?? '']).filter((part) => part !== '');
}

/** The name of an attribute, resource or path. */
export function name(text: string): Part {
  return { name: text };
}

/** A value of the change, at a path. */
export function value(shown: Value, path?: ValuePath): Part {
  return { value: shown, ...(path && { path }) };
}

/** Finds the warnings about one change of a plan. */
export type Rule = (change: Change, plan: Plan) => readonly Warning[];
