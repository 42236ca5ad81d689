/**
 * Encodes the body of a request. Compiles each of the SDK's schemas into a function once; the SDK interprets the schema
 * for every value. Both produce the same bytes.
 */
import { randomUUID } from 'node:crypto';
import { toBase64 } from '@smithy/core/serde';
import {
  BLOB,
  LIST,
  LIST_OF,
  MAP,
  MAP_OF,
  compileSchemas,
  resolveSchema,
  type Schema,
  type SchemaRef,
  type StructSchema,
} from './schema';

type Encode = (value: unknown) => string;
type Fields = Readonly<Record<string, unknown>>;

const encoderFor = compileSchemas(encodeAttributeValue, simpleEncoder, complexEncoder);

/** Encodes a value as JSON, in the form of the SDK's protocol. */
export function encode(ref: SchemaRef, value: unknown): string {
  return encoderFor(ref)(value);
}

function simpleEncoder(schema: number): Encode {
  if (schema >= MAP) return (value) => JSON.stringify(toJsonMap(value as Fields));
  if (schema === LIST + BLOB) return (value) => `[${(value as unknown[]).map(encodeBlob).join()}]`;
  if (schema >= LIST) return (value) => JSON.stringify((value as unknown[]).filter(isPresent).map(toJsonNumber));
  return schema === BLOB ? encodeBlob : encodeScalar;
}

function complexEncoder(schema: Exclude<Schema, number>): Encode {
  if (schema[0] === LIST_OF) {
    const encodeItem = encoderFor(schema[4]);
    return (value) => `[${(value as unknown[]).filter(isPresent).map(encodeItem).join()}]`;
  }
  if (schema[0] === MAP_OF) {
    const encodeItem = encoderFor(schema[5]);
    return (value) => {
      let json = '';
      for (const [name, inner] of Object.entries(value as Fields)) {
        if (isPresent(inner)) json += `${json && ','}${JSON.stringify(name)}:${encodeItem(inner)}`;
      }
      return `{${json}}`;
    };
  }
  return structEncoder(schema);
}

function structEncoder([, , , , names, schemas]: StructSchema): Encode {
  const members = schemas.map((ref, index) => {
    const { schema, idempotencyToken } = resolveSchema(ref);
    const name = names[index] ?? '';
    return { name, key: `"${name}":`, encodeMember: encoderFor(schema), idempotencyToken };
  });
  return (value) => {
    if (typeof value !== 'object') return encodeScalar(value);
    let json = '';
    for (const { name, key, encodeMember, idempotencyToken } of members) {
      const member = (value as Fields)[name];
      const inner = member === undefined && idempotencyToken ? randomUUID() : member;
      if (isPresent(inner)) json += `${json && ','}${key}${encodeMember(inner)}`;
    }
    return `{${json}}`;
  };
}

/** Encodes a value by its JavaScript type, not by its schema. DynamoDB refuses a value of the wrong type. */
function encodeScalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Date ? String(value.getTime() / 1000) : JSON.stringify(value);
}

function encodeBlob(value: unknown): string {
  return typeof value === 'string' || value instanceof Uint8Array ? `"${toBase64(value)}"` : encodeScalar(value);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** JSON has no NaN and no Infinity: the protocol sends them as strings. */
function toJsonNumber(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function toJsonMap(value: Fields): Fields {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => isPresent(inner))
      .map(([name, inner]) => [name, toJsonNumber(inner)]),
  );
}

function encodeAttributeValue(value: unknown): string {
  let json = '';
  for (const type in value as Fields) {
    const inner = (value as Fields)[type];
    if (isPresent(inner)) json += `${json && ','}"${type}":${encodeContent(type, inner)}`;
  }
  return `{${json}}`;
}

/** @param type the attribute's type, for example `S` */
function encodeContent(type: string, value: unknown): string {
  switch (type) {
    case 'S':
    case 'N':
      return encodeText(value as string);
    case 'B':
      return value instanceof Uint8Array ? `"${toBase64(value)}"` : encodeText(value as string);
    case 'BOOL':
    case 'NULL':
      return value ? 'true' : 'false';
    case 'SS':
    case 'NS':
      return `[${(value as string[]).map(encodeText).join()}]`;
    case 'BS':
      return `[${(value as Uint8Array[]).map((bytes) => `"${toBase64(bytes)}"`).join()}]`;
    case 'L':
      return `[${(value as unknown[]).map((inner) => (isPresent(inner) ? encodeAttributeValue(inner) : 'null')).join()}]`;
    case 'M':
      return encodeAttributes(value as Fields);
    default:
      return JSON.stringify(value);
  }
}

function encodeAttributes(map: Fields): string {
  let json = '';
  for (const name in map) {
    const inner = map[name];
    if (isPresent(inner)) json += `${json && ','}${JSON.stringify(name)}:${encodeAttributeValue(inner)}`;
  }
  return `{${json}}`;
}

/** Encodes a string. For a value of another type, returns the same text as the SDK. */
function encodeText(value: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return (value as string).length > 0 ? String((value as string).charCodeAt(0)) : '""';
}
