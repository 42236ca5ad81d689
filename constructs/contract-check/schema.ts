/** Checks the field schemas of a contract. */
import { describe } from './describe';
import { HINTS, checkKeywordValues, type Kind, keywordsOf, TYPES } from './keywords';
import { isPlainObject, type Place } from './place';
import { checkPattern } from './pattern';
import { didYouMean } from './suggest';
import { checkSchemaValues } from './schema-values';

/** DynamoDB nests values up to 32 levels deep; the item itself is the first. */
export const MAX_LEVELS = 32;

/** Keywords of JSON Schema that replace a type. Contracts do not support them. */
const UNSUPPORTED = ['$ref', 'oneOf', 'anyOf', 'allOf', 'not', 'if'];

const TYPE_HINTS: Readonly<Record<string, string>> = {
  int: 'Write integer',
  float: 'Write number',
  double: 'Write number',
  bool: 'Write boolean',
  text: 'Write string',
  date: "Write type: 'string', format: 'date'",
  datetime: "Write type: 'string', format: 'date-time'",
  uuid: "Write type: 'string', format: 'uuid'",
  email: "Write type: 'string', format: 'email'",
  uri: "Write type: 'string', format: 'uri'",
  url: "Write type: 'string', format: 'uri'",
};

/** Reports every fault of a schema and of the schemas within it. */
export function checkSchema(place: Place, level = 1): void {
  if (level > MAX_LEVELS) return place.fault(`is nested deeper than the ${MAX_LEVELS} levels that DynamoDB stores`);
  if (!place.isObject("a schema such as { type: 'string' }")) return;
  const kind = kindOf(place);
  if (!kind) return;
  const isSound = place.isSound(() => {
    place.allowOnly(keywordsOf(kind), kind === 'const' ? 'a constant' : `the type ${kind}`, HINTS);
    checkKeywordValues(place);
    if (kind === 'string') checkPattern(place);
    if (kind === 'array') checkArray(place, level);
    if (kind === 'object') checkObject(place, level);
  });
  // Only a schema without faults can check values.
  if (isSound) checkSchemaValues(place, kind);
}

/** Checks the schema of an item or a body, which must be an object. */
export function checkItemSchema(place: Place): void {
  checkSchema(place);
  if (!isPlainObject(place.value)) return;
  if (place.has('default'))
    place.field('default').fault('is not allowed: an item has no default. Give its fields defaults');
  if (kindName(place.field('type').value) !== undefined && place.value['type'] !== 'object')
    place.field('type').mustBe('the string "object"');
}

function kindOf(place: Place): Kind | undefined {
  const type = place.field('type');
  if (!place.has('type') && place.has('const')) return 'const';
  const kind = kindName(type.value);
  const known = `known are ${TYPES.join(', ')}`;
  if (kind === undefined && place.has('type')) {
    type.fault(
      `is ${typeText(type.value)}; ${known}, and for a value or null ['string', 'null']${typeHint(type.value)}`,
    );
  } else if (kind === undefined) {
    const unsupported = UNSUPPORTED.filter((keyword) => place.has(keyword));
    place.fault(
      unsupported.length > 0
        ? `has ${unsupported.join(' and ')}, which contracts do not support; name a type: ${known}`
        : `has no type; ${known}`,
    );
  }
  return kind;
}

function typeText(type: unknown): string {
  const isTexts = Array.isArray(type) && type.length > 0 && type.every((name) => typeof name === 'string');
  return isTexts ? JSON.stringify(type) : describe(type);
}

function typeHint(type: unknown): string {
  if (typeof type !== 'string') return '';
  return Object.hasOwn(TYPE_HINTS, type) ? `. ${TYPE_HINTS[type] ?? ''}` : didYouMean(type, TYPES);
}

/** Returns the name of the type. @returns undefined when the value is not a type or a type with null */
function kindName(type: unknown): Kind | undefined {
  const name: unknown =
    Array.isArray(type) && type.length === 2 && type[1] === 'null' && type[0] !== 'null' ? type[0] : type;
  return TYPES.find((known) => known === name);
}

function checkArray(place: Place, level: number): void {
  if (place.has('items')) checkSchema(place.field('items'), level + 1);
  else place.field('items').fault('is missing; it must be the schema of the items');
  if (place.field('uniqueItems').value === true && !place.has('maxItems')) {
    place.field('uniqueItems').fault('requires maxItems, which limits the comparisons');
  }
}

function checkObject(place: Place, level: number): void {
  const properties = place.field('properties');
  if (!place.has('properties')) return properties.fault('is missing; it must be an object of schemas by their names');
  if (!properties.isObject('an object of schemas by their names')) return;
  for (const [name, property] of properties.fields) {
    checkFieldName(property, name);
    checkSchema(property, level + 1);
  }
  checkRequired(place);
}

/** Reports names that no field can have. */
export function checkFieldName(place: Place, name: string): void {
  if (name === '' || name === '__proto__') place.fault('is not a possible name of a field');
  // The AWS SDK cannot store an object with a field `constructor`.
  else if (name in Object.prototype)
    place.fault('is the name of a property that every JavaScript object has; choose another name');
  if (!name.isWellFormed()) place.fault('is not well-formed Unicode');
  if (name.startsWith('~')) place.fault('begins with ~, as the hidden attributes of items do; choose another name');
  if (Buffer.byteLength(name) > MAX_NAME_BYTES)
    place.fault(`is longer than ${MAX_NAME_BYTES} bytes; choose a shorter name`);
}

/** DynamoDB's maximum for the names of key attributes. */
const MAX_NAME_BYTES = 255;

function checkRequired(place: Place): void {
  const required = place.field('required');
  if (!place.has('required')) return;
  if (!Array.isArray(required.value)) return required.mustBe('an array of names of fields');
  const properties = place.field('properties');
  const names = properties.fields.map(([name]) => name);
  required.items.forEach((item, index) => {
    const name = item.value;
    if (typeof name !== 'string') return item.mustBe('the name of a field');
    if (!names.includes(name)) return item.fault(`names ${name}, which is not in properties${didYouMean(name, names)}`);
    if (required.items.findIndex((other) => other.value === name) < index) return item.fault(`names ${name} twice`);
    if (properties.field(name).has('default'))
      item.fault(`names ${name}, which has a default; a required field has none`);
  });
}
