/** Makes values of key fields that are new in each run. */
import { randomInt, randomUUID } from 'node:crypto';
import { exampleOf } from '../../function/contract/example';
import { patternExample } from '../../function/contract/pattern-example';
import type { NumberSchema, Schema, StringSchema } from '../../function/contract/schema';
import { checkValue } from '../../function/validation/check-value';
import { Faults } from '../../function/validation/faults';

/** Minimum numbers of values and of random characters. With fewer, two runs could choose the same value. */
const MIN_VALUES = 1_000;
const MIN_RANDOM_CHARACTERS = 4;

const MAX_VALUES = 1_000_000_000;

/** Preferred length of a text that is made from a pattern. */
const PATTERN_LENGTH = 16;

/** Makes a random value that fits the schema. @returns undefined when the schema allows too few values */
export function uniqueValue(schema: Schema, name: string): unknown {
  if ('enum' in schema) return undefined;
  if (schema.type === 'string') return uniqueText(schema, name);
  return schema.type === 'integer' || schema.type === 'number' ? uniqueNumber(schema) : undefined;
}

function uniqueText(schema: StringSchema, name: string): string | undefined {
  const { format, pattern, minLength = 0, maxLength = Infinity } = schema;
  if (format === 'uuid') return randomUUID();
  if (format === undefined && pattern === undefined) {
    const text = `smoke-${randomUUID()}`;
    const fitting = text.length <= maxLength ? text : text.slice(-maxLength);
    return fitting.length >= MIN_RANDOM_CHARACTERS ? fitting.padEnd(minLength, '.') : undefined;
  }
  const length = Math.min(maxLength, Math.max(minLength, PATTERN_LENGTH));
  const candidates = [
    ...(pattern === undefined || format ? [] : [patternExample(pattern, length)]),
    String(exampleOf(schema, name)),
  ];
  const example = candidates.find((candidate) => fits(candidate, schema));
  return example === undefined ? undefined : randomized(example, schema);
}

/** Replaces letters and digits at random, if the text still fits the schema. The domain of an email address stays as it is. */
function randomized(example: string, schema: StringSchema): string | undefined {
  const end = schema.format === 'email' ? example.indexOf('@') : example.length;
  let text = example;
  let count = 0;
  for (let at = 0; at < end; at += 1) {
    const changed = text.slice(0, at) + randomCharacter(text.charAt(at)) + text.slice(at + 1);
    if (!/[a-z\d]/i.test(text.charAt(at)) || !fits(changed, schema)) continue;
    text = changed;
    count += 1;
  }
  return count >= MIN_RANDOM_CHARACTERS ? text : undefined;
}

function randomCharacter(like: string): string {
  if (/\d/.test(like)) return String(randomInt(10));
  const letter = String.fromCharCode('a'.charCodeAt(0) + randomInt(26));
  return /[A-Z]/.test(like) ? letter.toUpperCase() : letter;
}

function fits(text: string, schema: Schema): boolean {
  const faults = new Faults();
  checkValue(text, schema, faults);
  return faults.count === 0;
}

function uniqueNumber(schema: NumberSchema): number | undefined {
  const { multipleOf: step = 1, maximum = Infinity, exclusiveMaximum = Infinity } = schema;
  const { minimum = -Infinity, exclusiveMinimum = -Infinity } = schema;
  const bounds = {
    lowest: Math.max(Math.ceil(minimum / step), Math.floor(exclusiveMinimum / step) + 1),
    highest: Math.min(Math.floor(maximum / step), Math.ceil(exclusiveMaximum / step) - 1),
  };
  const lowest = bounds.lowest === -Infinity ? Math.min(1, bounds.highest - MAX_VALUES) : bounds.lowest;
  const safe = Math.floor(Number.MAX_SAFE_INTEGER / Math.max(step, 1)) - 1;
  const highest = Math.min(bounds.highest, lowest + MAX_VALUES, safe);
  if (highest - lowest < MIN_VALUES) return undefined;
  // Rounded, because a double is not exact: 1999 * 0.01 is 19.990000000000002.
  const value = Number((randomInt(lowest, highest + 1) * step).toPrecision(15));
  return schema.type === 'integer' && !Number.isInteger(value) ? undefined : value;
}
