/** Checks multiples by decimal digits, because doubles are inexact. */

/**
 * Whether `value` is a whole multiple of `factor`, by the digits that JSON has for both.
 * By the remainder of doubles, 19.99 would not be a multiple of 0.01.
 */
export function isMultipleOf(value: number, factor: number): boolean {
  if (Number.isInteger(value) && Number.isInteger(factor)) return value % factor === 0;
  const [a, b] = [decimal(value), decimal(factor)];
  const power = Math.min(a.power, b.power);
  return scale(a, power) % scale(b, power) === 0n;
}

/** `digits` times ten to the `power`. */
export interface Decimal {
  readonly digits: bigint;
  readonly power: number;
}

/** Returns the digits that JSON has for the number. */
export function decimal(number: number): Decimal {
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), power: Number(exponent) - fraction.length };
}

/** Returns the number as a multiple of ten to the power `to`. @param to at most the number's `power` */
export function scale({ digits, power }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(power - to);
}
