/** Checks that every string of a request has a maximum length, or says that it needs none. */
import type { Place } from './place';
import { MAX_LEVELS } from './schema';

/** The formats whose texts have a maximum length: see function/validation/formats.ts. */
const BOUNDED_FORMATS: readonly unknown[] = ['date', 'date-time', 'email', 'uuid'];

/**
 * Checks the strings of the item, and of the bodies and queries of handlers. Without a maximum, one caller can fill the table with
 * items of 400 KB. A string with another fault is not checked: the fault may be a misspelled maxLength. Call it after all checks.
 */
export function checkLengths(contract: Place): void {
  checkStrings(contract.field('item'));
  for (const [, route] of contract.field('routes').fields) {
    checkStrings(route.field('body'));
    for (const [, parameter] of route.field('query').fields) checkStrings(parameter);
  }
}

function checkStrings(schema: Place, level = 1): void {
  if (level > MAX_LEVELS) return;
  if (schema.has('items')) checkStrings(schema.field('items'), level + 1);
  for (const [, property] of schema.field('properties').fields) checkStrings(property, level + 1);
  const [type] = [schema.field('type').value].flat();
  if (type === 'string' && schema.hasNoFaults()) checkLength(schema);
}

function checkLength(schema: Place): void {
  if (schema.has('maxLength') && schema.has('anyLength')) {
    return schema.field('anyLength').fault('is not possible with maxLength; leave one of them out');
  }
  if (['maxLength', 'anyLength', 'enum'].some((keyword) => schema.has(keyword))) return;
  if (BOUNDED_FORMATS.includes(schema.field('format').value)) return;
  schema
    .field('maxLength')
    .fault('is missing; set it, for example maxLength: 200, or write anyLength: true to allow up to 400 KB');
}
