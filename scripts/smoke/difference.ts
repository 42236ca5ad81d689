/** Compares an answer with the expected answer of a step. */
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './http';
import type { Step } from './step';

/** Describes the first difference from the expected answer. @returns undefined when the answer is as expected */
export function differenceIn(
  { status, text, headers }: Answer,
  { status: expected, answer, answerHeaders = {} }: Step,
): string | undefined {
  if (status !== expected) return `expected status ${expected}, got ${status}: ${text.slice(0, 500)}`;
  for (const [name, value] of Object.entries(answerHeaders)) {
    const seen = headers[name];
    if (seen !== value) return `expected the header ${name}: ${value}, got ${seen ?? 'none'}`;
  }
  if (answer === undefined) return undefined;
  const json = parseJson(text);
  if (typeof answer === 'function') return (answer as (json: unknown) => string | undefined)(json);
  return isDeepStrictEqual(json, answer) ? undefined : `expected ${JSON.stringify(answer)}, got ${text.slice(0, 500)}`;
}

/** Parses JSON. @returns the text itself when it is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Makes a check for the `answer` of a step: the answer has these fields, and may have others. */
export function contains(fields: Readonly<Record<string, unknown>>) {
  return (json: unknown): string | undefined => {
    const seen = (json ?? {}) as Readonly<Record<string, unknown>>;
    const name = Object.keys(fields).find((field) => !isDeepStrictEqual(seen[field], fields[field]));
    if (name === undefined) return undefined;
    return `expected ${name} to be ${JSON.stringify(fields[name])}, got ${JSON.stringify(seen[name])}`;
  };
}

/** Checks for a problem (RFC 9457). Use it as the `answer` of a step. */
export function isProblem(json: unknown): string | undefined {
  const { title, status, detail } = (json ?? {}) as Record<string, unknown>;
  const isValid = typeof title === 'string' && typeof status === 'number' && typeof detail === 'string';
  return isValid ? undefined : `expected a problem (RFC 9457), got ${JSON.stringify(json)}`;
}

/** Checks for a list of at most one item. The list can be empty, because other callers may delete items. */
export function isPageOfOne(json: unknown): string | undefined {
  const { items } = (json ?? {}) as Record<string, unknown>;
  return Array.isArray(items) && items.length <= 1
    ? undefined
    : `expected at most one item in items, got ${JSON.stringify(json)}`;
}

/** Checks for a list of at most one item, in the tutorial's form. */
export function isTutorialListOfOne(json: unknown): string | undefined {
  const { Items: items, Count: count, ScannedCount: scanned } = (json ?? {}) as Record<string, unknown>;
  const isValid = Array.isArray(items) && items.length <= 1 && count === items.length && scanned === items.length;
  return isValid
    ? undefined
    : `expected Items, Count and ScannedCount of at most one item, got ${JSON.stringify(json)}`;
}
