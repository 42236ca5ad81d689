/** Decodes a result by the SDK's schemas: keeps the known members, and converts bytes and timestamps. */
import { fromBase64 } from '@smithy/core/serde';
import {
  BLOB,
  LIST,
  LIST_OF,
  MAP,
  MAP_OF,
  NUMBER,
  compileSchemas,
  type Schema,
  type SchemaRef,
  type StructSchema,
  TIMESTAMP,
  UNION,
  UNIT,
} from './schema';

type Decode = (value: unknown) => unknown;
type Fields = Record<string, unknown>;

const decoderFor = compileSchemas(decodeAttributeValue, simpleDecoder, complexDecoder);

/** Decodes a result. @param value parsed JSON, which the function may change to avoid a copy */
export function decode(ref: SchemaRef, value: unknown): unknown {
  return decoderFor(ref)(value);
}

function simpleDecoder(schema: number): Decode {
  if (schema >= MAP) return mapDecoder(simpleDecoder(schema - MAP));
  if (schema >= LIST) return listDecoder(simpleDecoder(schema - LIST));
  if (schema === BLOB) return (value) => (typeof value === 'string' ? fromBase64(value) : value);
  if (schema === TIMESTAMP) return (value) => new Date(Math.round(Number(value) * 1000));
  return schema === NUMBER ? (value) => (/^(-?Infinity|NaN)$/.test(String(value)) ? Number(value) : value) : identity;
}

const identity: Decode = (value) => value;

function complexDecoder(schema: Exclude<Schema, number>): Decode {
  if (schema[0] === LIST_OF) return listDecoder(decoderFor(schema[4]));
  if (schema[0] === MAP_OF) return mapDecoder(decoderFor(schema[5]));
  return schema === UNIT || schema[0] === UNION ? identity : structDecoder(schema);
}

function listDecoder(decodeItem: Decode): Decode {
  if (decodeItem === identity) return identity;
  return (value) => (Array.isArray(value) ? value.map(decodeItem) : value);
}

function mapDecoder(decodeItem: Decode): Decode {
  if (decodeItem === identity) return identity;
  return (value) => {
    if (!isObject(value)) return value;
    for (const name of Object.keys(value)) value[name] = decodeItem(value[name]);
    return value;
  };
}

function structDecoder([, , , , names, schemas]: StructSchema): Decode {
  const members = schemas.map((ref, index) => ({ name: names[index] ?? '', decodeMember: decoderFor(ref) }));
  return (value) => {
    if (!isObject(value)) return value;
    const result: Fields = {};
    for (const { name, decodeMember } of members) {
      const member = value[name];
      if (member !== undefined && member !== null) result[name] = decodeMember(member);
    }
    return result;
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Converts the bytes in an attribute value. Other types stay as they are in JSON, where numbers are strings. */
function decodeAttributeValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { B, BS, L, M } = value;
  if (typeof B === 'string') value['B'] = fromBase64(B);
  else if (Array.isArray(L)) value['L'] = L.map(decodeAttributeValue);
  else if (isObject(M)) for (const name of Object.keys(M)) M[name] = decodeAttributeValue(M[name]);
  else if (Array.isArray(BS)) value['BS'] = BS.map((bytes: string) => fromBase64(bytes));
  return value;
}
