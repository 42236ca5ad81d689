/** Reports schemas that no value can fit. */
import { typeOf } from '../../function/contract/model';
import type { ArraySchema, Format, NumberSchema, Schema, StringSchema } from '../../function/contract/schema';
import { integerRange } from './integer-range';
import type { Place } from './place';
import { isNullable } from './scalar';

/** Minimum and maximum characters of texts in these formats. */
const FORMAT_LENGTHS: Readonly<Partial<Record<Format, readonly [min: number, max: number]>>> = {
  date: [10, 10],
  'date-time': [20, Infinity],
  email: [6, 254],
  uuid: [36, 36],
};

/** Reports a schema whose keywords exclude each other. @param place a schema whose keywords have no faults */
export function checkPossible(place: Place): void {
  const schema = place.value as Schema;
  const type = typeOf(schema);
  if (type === 'string') checkFormatLength(place, schema as StringSchema);
  else if (type === 'array') checkUniqueItems(place, schema as ArraySchema);
  else if ((type === 'number' || type === 'integer') && countNumbers(schema as NumberSchema) === 0) {
    const step = type === 'integer' ? 'whole number' : 'number';
    const { multipleOf } = schema as NumberSchema;
    place.fault(
      `has bounds without a ${multipleOf === undefined ? step : `${step} that is a multiple of ${multipleOf}`} between them`,
    );
  }
}

function checkFormatLength(place: Place, { format, minLength = 0, maxLength = Infinity }: StringSchema): void {
  const [min, max] = (format && FORMAT_LENGTHS[format]) ?? [0, Infinity];
  if (maxLength < min)
    place.field('maxLength').fault(`is ${maxLength}, but a ${format} has at least ${min} characters`);
  if (minLength > max) place.field('minLength').fault(`is ${minLength}, but a ${format} has at most ${max} characters`);
}

function checkUniqueItems(place: Place, { items, minItems = 0, uniqueItems }: ArraySchema): void {
  const count = uniqueItems === true ? countValues(items) : Infinity;
  if (minItems > count)
    place
      .field('minItems')
      .fault(`is ${minItems}, but uniqueItems is true, and the number of different items is ${count}`);
}

/** Counts the different values that fit. @returns Infinity when the number is not known */
function countValues(schema: Schema): number {
  if (schema.type === undefined) return 1;
  if ('enum' in schema) return schema.enum.length;
  const nulls = isNullable(schema) ? 1 : 0;
  switch (typeOf(schema)) {
    case 'null':
      return 1;
    case 'boolean':
      return 2 + nulls;
    case 'integer':
    case 'number':
      return countNumbers(schema as NumberSchema) + nulls;
    case 'string':
      return (schema as StringSchema).maxLength === 0 ? 1 + nulls : Infinity;
    default:
      return Infinity;
  }
}

function countNumbers(schema: NumberSchema): number {
  if (typeOf(schema) === 'number' && schema.multipleOf === undefined) return Infinity;
  return integerRange(schema);
}
