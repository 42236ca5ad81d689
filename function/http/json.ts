/** JSON in and out without losing a digit: numbers that a double cannot hold are seen, not rounded. */
import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/** DynamoDB: the least magnitude of a number other than zero. */
const LEAST_MAGNITUDE = 1e-130;

/** No double needs more, and longer ones would take long to compare. */
const MOST_CHARACTERS = 400;

/** Digits without leading and trailing zeros, and the power of ten: two texts with the same are the same number. */
function canonical(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return significant === '' ? '0' : `${significant}e${power}`;
}

/**
 * Whether a JSON number survives the way into DynamoDB and back unchanged, as a double.
 * From 2^53 on the AWS SDK refuses a number, `-0` loses its sign, and more digits than a
 * double has would be rounded in silence.
 */
function isExact(literal: string): boolean {
  if (literal.length > MOST_CHARACTERS) return false;
  if (/^-?[1-9]\d{0,14}$/.test(literal)) return true;
  const number = Number(literal);
  return isStorable(number) && canonical(literal) === canonical(String(number));
}

/** Whether the SDK and DynamoDB take this double, sign and all. */
export function isStorable(number: number): boolean {
  const magnitude = Math.abs(number);
  if (magnitude === 0) return !Object.is(number, -0);
  return magnitude <= Number.MAX_SAFE_INTEGER && magnitude >= LEAST_MAGNITUDE;
}

/** A JSON number as a double, or as its digits where a double would change it. */
function readNumber(literal: string): number | LosslessNumber {
  return isExact(literal) ? Number(literal) : new LosslessNumber(literal);
}

/**
 * Parses JSON. A number that a double cannot hold becomes an `InexactNumber`.
 * @throws SyntaxError for malformed JSON and for a key that stands twice with different values.
 */
export function parseJson(text: string): unknown {
  try {
    return parse(text, undefined, { parseNumber: readNumber });
  } catch (error) {
    // The parser is recursive; tens of thousands of brackets exhaust the stack.
    if (error instanceof RangeError) throw new SyntaxError('it is nested too deeply', { cause: error });
    throw error;
  }
}

/** A number that JavaScript would change; `value` has its digits as they were. */
export type InexactNumber = LosslessNumber;
export const isInexactNumber = isLosslessNumber;

/** For numbers that DynamoDB returns: 38 digits go out as they were stored, whoever stored them. */
export const fromDynamoDb = readNumber;

/** JSON text of a value, with the digits of inexact numbers as they are. */
export function toJson(value: unknown): string {
  return stringify(value) ?? 'null';
}
