/** Checks the values within a schema: bounds, constants, allowed values, defaults and examples. */
import type { Schema } from '../../function/contract/schema';
import { canonicalJson } from '../../function/validation/canonical';
import { checkValue } from '../../function/validation/check-value';
import { Faults } from '../../function/validation/faults';
import type { Kind } from './keywords';
import { isPlainObject, type Place } from './place';
import { checkPossible } from './possible';

/** Checks the values within a schema. @param place a schema whose keywords have no faults */
export function checkSchemaValues(place: Place, kind: Kind): void {
  checkOrder(place, 'minLength', 'maxLength');
  checkOrder(place, 'minItems', 'maxItems');
  if (place.isSound(() => checkBounds(place))) checkPossible(place);
  const schema = place.value as Schema;
  const isSound = place.isSound(() => {
    if (kind === 'const') checkConstant(place.field('const'));
    if (place.has('enum')) checkEnum(place, schema);
  });
  if (!isSound) return;
  if (place.has('default')) checkFits(place.field('default'), schema);
  for (const example of place.field('examples').items) checkFits(example, schema);
}

function checkOrder(place: Place, lower: string, upper: string): void {
  const [min, max] = [place.field(lower).value, place.field(upper).value];
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    place.field(lower).fault(`is ${min}, above ${upper}, which is ${max}`);
  }
}

function checkBounds(place: Place): void {
  for (const [inclusive, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (place.has(inclusive) && place.has(exclusive))
      place.field(exclusive).fault(`is not possible with ${inclusive}; leave one of them out`);
  }
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = place.value as Readonly<
    Record<string, number | undefined>
  >;
  const [min, max] = [minimum ?? exclusiveMinimum, maximum ?? exclusiveMaximum];
  if (min === undefined || max === undefined) return;
  const isEmpty = minimum !== undefined && maximum !== undefined ? min > max : min >= max;
  const [lower, upper] = [
    minimum === undefined ? 'exclusiveMinimum' : 'minimum',
    maximum === undefined ? 'exclusiveMaximum' : 'maximum',
  ];
  if (isEmpty) place.field(lower).fault(`is ${min}, but ${upper} is ${max}: no number fits both`);
}

function checkConstant(place: Place): void {
  if (place.value === null || typeof place.value === 'boolean') return;
  if (typeof place.value !== 'string' && typeof place.value !== 'number')
    return place.mustBe('a string, a number, true, false or null');
  checkFits(place, { type: typeof place.value as 'string' | 'number' });
}

function checkEnum(place: Place, schema: Schema): void {
  const { enum: _, ...rest } = schema as { readonly enum?: unknown };
  const seen = new Set<string>();
  for (const item of place.field('enum').items) {
    if (!checkFits(item, rest as Schema)) continue;
    const text = canonicalJson(item.value);
    if (seen.has(text)) item.fault(`is ${text}, which appears twice`);
    seen.add(text);
  }
}

/** Reports a value that does not fit the schema. @returns whether it fits */
function checkFits(place: Place, schema: Schema): boolean {
  return place.isSound(() => {
    if (!isJson(place.value)) return place.mustBe('a JSON value');
    const faults = new Faults();
    checkValue(structuredClone(place.value), schema, faults, place.path);
    for (const fault of faults.listed) place.faults.push(fault);
  });
}

/** Whether a value is JSON. DynamoDB nests values up to 32 levels deep; the limit also stops at a value that contains itself. */
function isJson(value: unknown, levels = 32): boolean {
  if (levels === 0) return false;
  if (Array.isArray(value)) return Array.from(value).every((item) => isJson(item, levels - 1));
  if (isPlainObject(value)) return Object.values(value).every((field) => isJson(field, levels - 1));
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}
