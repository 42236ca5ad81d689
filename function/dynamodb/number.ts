/** Parses numbers without loss. A number that DynamoDB or a double would change keeps its digits as text. */
import { isLosslessNumber, LosslessNumber } from 'lossless-json';

/** A number that DynamoDB or a double would change. Its `value` is the original text. */
export type InexactNumber = LosslessNumber;
export const isInexactNumber = isLosslessNumber;

/** DynamoDB's smallest magnitude of a number other than zero. */
const MIN_MAGNITUDE = 1e-130;

/** Longer literals count as inexact without a comparison, which would take long. */
const MAX_LITERAL_CHARACTERS = 400;

/** Parses a number literal of JSON or DynamoDB. @returns a double if it is exact, else an `InexactNumber` */
export function parseNumber(literal: string): number | InexactNumber {
  return isExact(literal) ? Number(literal) : new LosslessNumber(literal);
}

/**
 * Whether DynamoDB stores this double unchanged. The AWS SDK refuses numbers from 2^53 on, and DynamoDB drops the sign
 * of `-0`.
 */
export function isStorable(number: number): boolean {
  const magnitude = Math.abs(number);
  if (magnitude === 0) return !Object.is(number, -0);
  return magnitude <= Number.MAX_SAFE_INTEGER && magnitude >= MIN_MAGNITUDE;
}

/** Matches numbers other than 0, of up to 15 characters and without an exponent. A double holds any 15 digits. */
const PLAIN = /^-?(?=[\d.]{1,15}$)[\d.]*[1-9]/;

/** Whether a double holds all digits of the literal, and DynamoDB stores that double. */
function isExact(literal: string): boolean {
  if (literal.length > MAX_LITERAL_CHARACTERS) return false;
  if (PLAIN.test(literal)) return true;
  const number = Number(literal);
  return isStorable(number) && canonical(literal) === canonical(String(number));
}

/** Returns the significant digits and the power of ten. Literals with the same magnitude give the same text. */
function canonical(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return significant === '' ? '0' : `${significant}e${power}`;
}
