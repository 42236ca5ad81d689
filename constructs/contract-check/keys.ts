/** Checks the keys of the table and of its indexes, and the time to live. */
import { checkValue } from '../../function/validation/check-value';
import { Faults } from '../../function/validation/faults';
import type { Fields } from './fields';
import { isPlainObject, type Place } from './place';

/** DynamoDB's default quota for indexes of a table. */
const MAX_INDEXES = 20;

const KEY = "the name of a field, or an array of two: ['customerId', 'orderId']";

/** The names of the fields of a key; undefined when the key has faults. */
export type KeyNames = readonly string[] | undefined;

/** Checks the contract's `key`. */
export function checkTableKey(contract: Place, fields: Fields): KeyNames {
  const place = contract.field('key');
  if (!contract.has('key')) {
    place.fault(`is missing; it must be ${KEY}`);
    return undefined;
  }
  const names = checkKey(place, fields);
  const changing = fields.ofKind('updatedAt', 'version', 'counter');
  const [expiring] = fields.ofKind('expiresAfter');
  for (const [part, name] of names ? partsOf(place, fields) : []) {
    if (changing.includes(name)) part.fault(`names ${name}, which writes can change; the key of an item never changes`);
    else if (name === expiring) part.fault(`names ${name}, which is stored in seconds, but is a date-time in a path`);
    else if (fields.sent.includes(name))
      checkIsPresent(part, name, fields, Object.keys((contract.value as { routes?: object }).routes ?? {}));
  }
  return names;
}

/** Reports a key field that a request can leave out. */
function checkIsPresent(place: Place, name: string, fields: Fields, routeKeys: readonly string[]): void {
  const schema = fields.schema(name);
  if (!schema || fields.required.includes(name) || schema.default !== undefined) return;
  // If the path contains the field, the body does not.
  const creates = routeKeys.filter((routeKey) => /^(POST|PUT) /.test(routeKey));
  if (creates.every((routeKey) => routeKey.includes(`{${name}}`))) return;
  place.fault(`names ${name}, which a body may lack; name it in item.required, or give it a default`);
}

/** Checks the contract's `indexes`. @returns the keys of all indexes by their names */
export function checkIndexes(contract: Place, fields: Fields): ReadonlyMap<string, KeyNames> {
  const indexes = contract.field('indexes');
  const keys = new Map<string, KeyNames>();
  if (
    !contract.has('indexes') ||
    !indexes.isObject("an object of indexes, such as { byStatus: { key: ['status', 'createdAt'] } }")
  )
    return keys;
  if (indexes.fields.length > MAX_INDEXES)
    indexes.fault(`has ${indexes.fields.length} indexes; a table can have ${MAX_INDEXES}`);
  for (const [name, index] of indexes.fields) {
    if (!/^[A-Za-z0-9_.-]{3,255}$/.test(name))
      index.fault('has a name that DynamoDB refuses; use 3 to 255 letters, digits and the characters _ . -');
    keys.set(name, undefined);
    if (!index.isObject("an index, such as { key: ['status', 'createdAt'] }")) continue;
    index.allowOnly(['key'], 'an index');
    if (!index.has('key')) index.field('key').fault(`is missing; it must be ${KEY}`);
    else keys.set(name, checkKey(index.field('key'), fields));
    for (const [part, field] of partsOf(index.field('key'), fields)) checkNotEmpty(part, field, fields);
  }
  return keys;
}

/** Reports a string that may be empty. DynamoDB refuses to store an item whose index key is empty. */
function checkNotEmpty(place: Place, name: string, fields: Fields): void {
  const schema = fields.schema(name);
  if (schema?.type !== 'string') return;
  const faults = new Faults();
  checkValue('', schema, faults);
  if (faults.count > 0) return;
  place.fault(
    `names ${name}, which may be empty; DynamoDB refuses an empty key. Give ${name} the keyword minLength: 1`,
  );
}

function checkKey(place: Place, fields: Fields): KeyNames {
  const isSound = place.isSound(() => {
    const isPair = Array.isArray(place.value) && place.value.length === 2;
    if (typeof place.value !== 'string' && !isPair) return place.mustBe(KEY);
    for (const [part, name] of partsOf(place, fields, true)) checkKeyType(part, name, fields);
    if (isPair && place.items[0]?.value === place.items[1]?.value) place.fault('has the same field twice');
  });
  return isSound ? partsOf(place, fields).map(([, name]) => name) : undefined;
}

/** Returns the parts of a key that name fields. @param report whether to report the other parts */
function partsOf(place: Place, fields: Fields, report = false): readonly (readonly [Place, string])[] {
  const parts = typeof place.value === 'string' ? [place] : place.items;
  return parts.flatMap((part) => {
    const isField = fields.names.some((name) => name === part.value);
    if (!isField && report) fields.checkName(part);
    return isField ? [[part, part.value as string] as const] : [];
  });
}

function checkKeyType(place: Place, name: string, fields: Fields): void {
  const schema = fields.schema(name);
  if (!schema) return;
  if (schema.type === 'string' || schema.type === 'number' || schema.type === 'integer') return;
  if (schema.type === undefined && typeof schema.const === 'string') {
    if (schema.const === '') place.fault(`names ${name}, which is always empty; DynamoDB refuses an empty key`);
    return;
  }
  const what = 'const' in schema ? `the constant ${schema.const}` : `the type ${JSON.stringify(schema.type)}`;
  place.fault(`names ${name}, which has ${what}; a key is a string, a number or an integer, and never null`);
}

/** Checks the contract's `ttl`. */
export function checkTtl(contract: Place, fields: Fields, key: KeyNames): void {
  const place = contract.field('ttl');
  if (!contract.has('ttl')) return;
  const name = fields.checkName(place);
  if (name === undefined) return;
  const [expiring] = fields.ofKind('expiresAfter');
  if (expiring !== undefined)
    place.fault(`is not possible with ${expiring}, which has expiresAfter; an item has one time of expiry`);
  if (!fields.sent.includes(name))
    return place.fault(`names ${name}, which is a managed field; name a field of the item, or use expiresAfter`);
  if (key?.includes(name))
    place.fault(`names ${name}, which is part of the key; it is stored in seconds, but is a date-time in a path`);
  const schema: unknown = fields.schema(name);
  if (isPlainObject(schema) && schema['format'] !== 'date-time')
    return place.fault(`names ${name}, which is no date-time; give it type: 'string', format: 'date-time'`);
  const sent = contract.field('item').field('properties').field(name);
  for (const keyword of TIME_KEYWORDS) {
    if (!sent.has(keyword)) continue;
    sent
      .field(keyword)
      .fault(
        'is not possible, because ttl names the field: answers contain it in UTC with milliseconds, which may not fit. Leave it out',
      );
  }
}

/** Keywords that can accept a date-time of a request, but not its form in answers: `2030-01-01T00:00:00.000Z`. */
const TIME_KEYWORDS = ['minLength', 'maxLength', 'pattern', 'enum'];
