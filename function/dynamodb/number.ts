/** Numbers that DynamoDB and a JavaScript double hold exactly; others keep their digits as text. */
import { isLosslessNumber, LosslessNumber } from 'lossless-json';

/** A number that a double would change. Its `value` has the digits as they were written. */
export type InexactNumber = LosslessNumber;
export const isInexactNumber = isLosslessNumber;

/** DynamoDB: the smallest magnitude of a number other than zero. */
const MIN_MAGNITUDE = 1e-130;

/** No double needs more digits, and longer literals would take long to compare. */
const MAX_LITERAL_CHARACTERS = 400;

/** Parses a number of JSON or of DynamoDB: a double, or an `InexactNumber` when a double would change it. */
export function parseNumber(literal: string): number | InexactNumber {
  return isExact(literal) ? Number(literal) : new LosslessNumber(literal);
}

/**
 * Whether the SDK and DynamoDB store this double unchanged. The AWS SDK refuses numbers from 2^53 on, and
 * `-0` loses its sign.
 */
export function isStorable(number: number): boolean {
  const magnitude = Math.abs(number);
  if (magnitude === 0) return !Object.is(number, -0);
  return magnitude <= Number.MAX_SAFE_INTEGER && magnitude >= MIN_MAGNITUDE;
}

/** Whether a double holds all digits of the literal, and DynamoDB stores that double. */
function isExact(literal: string): boolean {
  if (literal.length > MAX_LITERAL_CHARACTERS) return false;
  if (/^-?[1-9]\d{0,14}$/.test(literal)) return true;
  const number = Number(literal);
  return isStorable(number) && canonical(literal) === canonical(String(number));
}

/** Significant digits and power of ten: literals of the same number give the same text. */
function canonical(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return significant === '' ? '0' : `${significant}e${power}`;
}
