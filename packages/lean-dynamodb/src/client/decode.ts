/** Reads a result by the SDK's schemas: known members, with bytes and times converted. */
import { fromBase64 } from '@smithy/core/serde';
import {
  BLOB,
  LIST,
  LIST_OF,
  MAP,
  MAP_OF,
  NUMBER,
  perSchema,
  type Schema,
  type SchemaRef,
  type StructSchema,
  TIMESTAMP,
  UNION,
  UNIT,
} from './schema';

type Decode = (value: unknown) => unknown;
type Fields = Record<string, unknown>;

const decoderOf = perSchema(attributeValue, simple, complex);

/** @param value parsed JSON; it is changed in place where that saves a copy */
export function decode(ref: SchemaRef, value: unknown): unknown {
  return decoderOf(ref)(value);
}

function simple(schema: number): Decode {
  if (schema >= MAP) return mapOf(simple(schema - MAP));
  if (schema >= LIST) return listOf(simple(schema - LIST));
  if (schema === BLOB) return (value) => (typeof value === 'string' ? fromBase64(value) : value);
  if (schema === TIMESTAMP) return (value) => new Date(Math.round(Number(value) * 1000));
  return schema === NUMBER ? (value) => (/^(-?Infinity|NaN)$/.test(String(value)) ? Number(value) : value) : same;
}

const same: Decode = (value) => value;

function complex(schema: Exclude<Schema, number>): Decode {
  if (schema[0] === LIST_OF) return listOf(decoderOf(schema[4]));
  if (schema[0] === MAP_OF) return mapOf(decoderOf(schema[5]));
  return schema === UNIT || schema[0] === UNION ? same : struct(schema);
}

function listOf(item: Decode): Decode {
  if (item === same) return same;
  return (value) => (Array.isArray(value) ? value.map(item) : value);
}

function mapOf(item: Decode): Decode {
  if (item === same) return same;
  return (value) => {
    if (!isObject(value)) return value;
    for (const name of Object.keys(value)) value[name] = item(value[name]);
    return value;
  };
}

function struct([, , , , names, schemas]: StructSchema): Decode {
  const members = schemas.map((ref, index) => ({ name: names[index] ?? '', item: decoderOf(ref) }));
  return (value) => {
    if (!isObject(value)) return value;
    const result: Fields = {};
    for (const { name, item } of members) {
      const inner = value[name];
      if (inner !== undefined && inner !== null) result[name] = item(inner);
    }
    return result;
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Converts bytes only. Strings and numbers, which are strings in JSON, stay. */
function attributeValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { B, BS, L, M } = value;
  if (typeof B === 'string') value['B'] = fromBase64(B);
  else if (Array.isArray(L)) value['L'] = L.map(attributeValue);
  else if (isObject(M)) for (const name of Object.keys(M)) M[name] = attributeValue(M[name]);
  else if (Array.isArray(BS)) value['BS'] = BS.map((bytes: string) => fromBase64(bytes));
  return value;
}
