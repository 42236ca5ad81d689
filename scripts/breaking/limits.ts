/** Finds limits that refuse values which the old limits allow: limits of numbers, lengths and counts. */
import type { Json } from '../../constructs/openapi/json';
import { type Findings, shown } from './finding';

/** A minimum. A maximum is represented as the minimum of the negated numbers. */
interface Limit {
  readonly keyword?: string;
  readonly value: number;
  readonly isExclusive: boolean;
}

const LENGTHS = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

export function compareLimits(old: Json, now: Json, place: string, findings: Findings): void {
  const changed = (name: string) => findings.add(place, `has ${name} ${shown(now[name])}, was ${shown(old[name])}`);
  const read = (schema: Json, name: string, absent: number) => (schema[name] ?? absent) as number;
  for (const [minimum, maximum] of LENGTHS) {
    if (read(now, minimum, 0) > read(old, minimum, 0)) changed(minimum);
    if (read(now, maximum, Infinity) < read(old, maximum, Infinity)) changed(maximum);
  }
  for (const sign of [1, -1] as const) {
    const [was, is] = [limitOf(old, sign), limitOf(now, sign)];
    if (refusesFirst(is, firstNumber(was, stepOf(old)))) {
      const before = was.keyword === undefined || was.keyword === is.keyword ? '' : `${was.keyword} `;
      findings.add(
        place,
        `has ${is.keyword} ${shown(now[is.keyword ?? ''])}, was ${before}${shown(old[was.keyword ?? ''])}`,
      );
    }
  }
  const divisor = now['multipleOf'];
  if (typeof divisor === 'number' && !stepsOf(old).some((step) => isMultiple(step, divisor))) changed('multipleOf');
}

/** Returns the stricter of the inclusive and the exclusive limit. @param sign 1 for the minimum, -1 for the maximum */
function limitOf(schema: Json, sign: 1 | -1): Limit {
  const [inclusive, exclusive] = sign === 1 ? ['minimum', 'exclusiveMinimum'] : ['maximum', 'exclusiveMaximum'];
  const limits = [exclusive, inclusive].flatMap((keyword): Limit[] => {
    const value = schema[keyword];
    return typeof value === 'number' ? [{ keyword, value: value * sign, isExclusive: keyword === exclusive }] : [];
  });
  return limits.sort((one, other) => other.value - one.value)[0] ?? { value: -Infinity, isExclusive: false };
}

/** Moves a limit to the first number that it allows, if the allowed numbers are multiples of a step. */
function firstNumber(limit: Limit, step: number | undefined): Limit {
  if (step === undefined || !Number.isFinite(limit.value)) return limit;
  if (!isMultiple(limit.value, step)) return { value: Math.ceil(limit.value / step) * step, isExclusive: false };
  return limit.isExclusive ? { value: (Math.round(limit.value / step) + 1) * step, isExclusive: false } : limit;
}

function refusesFirst(limit: Limit, first: Limit): boolean {
  return limit.value > first.value || (limit.value === first.value && limit.isExclusive && !first.isExclusive);
}

function stepOf(schema: Json): number | undefined {
  return stepsOf(schema).sort((one, other) => other - one)[0];
}

/** Returns the steps of a schema: each allowed number is a multiple of each step. */
function stepsOf(schema: Json): number[] {
  const isInteger = [schema['type']].flat().includes('integer');
  return [...(typeof schema['multipleOf'] === 'number' ? [schema['multipleOf']] : []), ...(isInteger ? [1] : [])];
}

function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}
