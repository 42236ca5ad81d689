/** Defines the keywords of field schemas, and checks their values. */
import { storageFault } from '../../function/dynamodb/storable';
import { isBoolean, isText, isWhole, type Place } from './place';

export const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'] as const;
export type Kind = (typeof TYPES)[number] | 'const';

const FORMATS = ['date', 'date-time', 'email', 'uri', 'uuid'];

/** Keywords of every schema. */
const COMMON = ['description', 'examples', 'deprecated', 'default'];
const NUMBER = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'enum'];

const KEYWORDS: Readonly<Record<Kind, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'anyLength', 'pattern', 'format', 'enum'],
  number: NUMBER,
  integer: NUMBER,
  boolean: [],
  null: [],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
  object: ['properties', 'required', 'additionalProperties'],
  const: [],
};

export function keywordsOf(kind: Kind): readonly string[] {
  return [kind === 'const' ? 'const' : 'type', ...KEYWORDS[kind], ...COMMON];
}

/** Advice for keywords that contracts do not have, or not here, by keyword. */
export const HINTS: Readonly<Record<string, string>> = {
  nullable: "For a value or null, write type: ['string', 'null']",
  optional: 'Fields are optional unless the required of their object names them',
  required: 'Name the field in the required of its object',
  example: 'Write examples: [...]',
  title: 'Write a description',
  values: 'Write enum: [...]',
  const: 'A schema with const has no type',
  type: 'A schema with const has no type',
  length: 'Write minLength and maxLength',
  min: 'Write minLength, minimum or minItems',
  max: 'Write maxLength, maximum or maxItems',
  regex: 'Write pattern',
  ...Object.fromEntries(
    ['$ref', 'oneOf', 'anyOf', 'allOf', 'not', 'if', 'patternProperties', 'prefixItems'].map((keyword) => [
      keyword,
      'Contracts do not support references, combinations or alternatives of schemas. Write the fields out',
    ]),
  ),
};

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isStorableNumber = (value: unknown) => isNumber(value) && storageFault(value) === undefined;
const isCount = isWhole(0);
const isList = (value: unknown) => Array.isArray(value) && value.length > 0;

const COUNT = ['a whole number of at least 0', isCount] as const;
const BOUND = ['a number that DynamoDB can store exactly', isStorableNumber] as const;

/** The allowed values of each keyword, as text and as a test. schema.ts checks keywords that contain schemas. */
const VALUES: Readonly<Record<string, readonly [expected: string, test: (value: unknown) => boolean]>> = {
  description: ['a text', isText],
  deprecated: ['true or false', isBoolean],
  examples: ['an array with at least one value', isList],
  enum: ['an array with at least one value', isList],
  minLength: COUNT,
  maxLength: COUNT,
  anyLength: ['true, in the place of maxLength', (value) => value === true],
  minItems: COUNT,
  maxItems: COUNT,
  minimum: BOUND,
  maximum: BOUND,
  exclusiveMinimum: BOUND,
  exclusiveMaximum: BOUND,
  multipleOf: ['a number above 0', (value) => isStorableNumber(value) && (value as number) > 0],
  uniqueItems: ['true or false', isBoolean],
  additionalProperties: ['false: an object has only the fields in properties', (value) => value === false],
  format: [`one of ${FORMATS.join(', ')}`, (value) => FORMATS.includes(value as string)],
  pattern: ['a regular expression as a string', (value) => typeof value === 'string'],
};

/** Reports keywords whose values have a wrong type. */
export function checkKeywordValues(place: Place): void {
  for (const [name, [expected, test]] of Object.entries(VALUES)) place.optional(name, expected, test);
}
