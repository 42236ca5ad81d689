/** Reads the expressions of a configuration. A plan contains their constants and references, not their text. */
import { memberPath } from '../model/path';
import { attribute, isEmpty, isList, isObject, type Value } from '../model/value';

export interface Settings {
  /** The constant settings. */
  readonly settings: Value;
  /** The other settings, each with its references: `region: var.region`. */
  readonly unresolved: readonly string[];
}

/**
 * Divides the expressions of a block into constants and settings without a value. `"${var.a}-b"` and `var.a` have the same
 * references in a plan, so a reference is never replaced with the value of its variable.
 */
export function readSettings(expressions: Value): Settings {
  const unresolved: string[] = [];
  const settings = constantsOf(expressions, '', unresolved) ?? {};
  return { settings, unresolved: unresolved.sort() };
}

/** Lists the references of an expression, or of all expressions in nested blocks. */
export function referencesIn(expression: unknown): string[] {
  if (typeof expression !== 'object' || expression === null) return [];
  const { references } = expression as { references?: unknown };
  if (Array.isArray(references)) return references.filter((reference) => typeof reference === 'string');
  return Object.values(expression).flatMap(referencesIn);
}

function constantsOf(value: Value, path: string, unresolved: string[]): Value | undefined {
  if (isList(value)) {
    return value.map((block, index) =>
      // In a list of blocks, `{}` is a block without settings: Terraform writes an expression without a list.
      isEmpty(block) ? {} : (constantsOf(block, `${path}[${index}]`, unresolved) ?? {}),
    );
  }
  if (!isObject(value)) return undefined;
  if (path !== '' && isExpression(value)) {
    if (Object.hasOwn(value, 'constant_value')) return value['constant_value'];
    unresolved.push(`${path}: ${wholeReferences(referencesIn(value)).join(', ') || 'an expression'}`);
    return undefined;
  }
  const members = Object.entries(value).map(
    ([name, part]) => [name, constantsOf(part, memberPath(path, name), unresolved)] as const,
  );
  return Object.fromEntries(members.filter((member): member is readonly [string, Value] => member[1] !== undefined));
}

/** Terraform writes `{}` for an expression without references that is not a literal, such as a call of a function. */
function isExpression(value: Value): boolean {
  return isObject(value) && Object.keys(value).every((key) => key === 'constant_value' || isReferences(value, key));
}

function isReferences(value: Value, key: string): boolean {
  const references = attribute(value, key);
  return key === 'references' && isList(references) && references.every((member) => typeof member === 'string');
}

/** Removes the shorter forms of references: Terraform lists both `aws_a.b.arn` and `aws_a.b` for one reference. */
export function wholeReferences(references: readonly string[]): string[] {
  const isPrefix = (short: string, long: string) =>
    long !== short && long.startsWith(short) && /^[.[]/.test(long.slice(short.length));
  return [...new Set(references)].filter((reference) => !references.some((other) => isPrefix(reference, other))).sort();
}
