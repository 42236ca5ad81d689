/** Counts the numbers between the bounds of a schema. Computes with exact decimals, as validation does. */
import { typeOf } from '../../function/contract/model';
import type { NumberSchema } from '../../function/contract/schema';
import { type Decimal, decimal, scale } from '../../function/validation/multiple-of';

const MAX = Number.MAX_SAFE_INTEGER;

/**
 * Counts the whole numbers, or the multiples of `multipleOf`, that fit the bounds of a schema.
 * @param schema a schema of integers, or with `multipleOf`
 * @returns the count, rounded to a double
 */
export function integerRange(schema: NumberSchema): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf = 1 } = schema;
  const low = decimal(minimum ?? exclusiveMinimum ?? -MAX);
  const high = decimal(maximum ?? exclusiveMaximum ?? MAX);
  const factor = decimal(multipleOf);
  // All numbers become whole multiples of the smallest power of ten among them.
  const power = Math.min(0, low.power, high.power, factor.power);
  const whole = (number: Decimal) => scale(number, power);
  const unit = 10n ** BigInt(-power);
  const step = typeOf(schema) === 'integer' ? leastCommonMultiple(whole(factor), unit) : whole(factor);
  const first = ceilDivide(whole(low) + (exclusiveMinimum === undefined ? 0n : 1n), step);
  const last = floorDivide(whole(high) - (exclusiveMaximum === undefined ? 0n : 1n), step);
  return last < first ? 0 : Number(last - first + 1n);
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a / b - (a % b < 0n ? 1n : 0n);
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return -floorDivide(-a, b);
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
