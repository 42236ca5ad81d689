/**
 * The body of a request. Each of the SDK's schemas becomes a function once, where the SDK
 * interprets the schema for every value. The bytes are the same.
 */
import { randomUUID } from 'node:crypto';
import { toBase64 } from '@smithy/core/serde';
import {
  BLOB,
  LIST,
  LIST_OF,
  MAP,
  MAP_OF,
  perSchema,
  resolved,
  type Schema,
  type SchemaRef,
  type StructSchema,
} from './schema';

type Encode = (value: unknown) => string;
type Fields = Readonly<Record<string, unknown>>;

const encoderOf = perSchema(attributeValue, simple, complex);

/** JSON of a value, as the SDK's protocol writes it. */
export function encode(ref: SchemaRef, value: unknown): string {
  return encoderOf(ref)(value);
}

function simple(schema: number): Encode {
  if (schema >= MAP) return (value) => JSON.stringify(jsonMap(value as Fields));
  if (schema === LIST + BLOB) return (value) => `[${(value as unknown[]).map(blob).join()}]`;
  if (schema >= LIST) return (value) => JSON.stringify((value as unknown[]).filter(isPresent).map(jsonNumber));
  return schema === BLOB ? blob : scalar;
}

function complex(schema: Exclude<Schema, number>): Encode {
  if (schema[0] === LIST_OF) {
    const item = encoderOf(schema[4]);
    return (value) => `[${(value as unknown[]).filter(isPresent).map(item).join()}]`;
  }
  if (schema[0] === MAP_OF) {
    const item = encoderOf(schema[5]);
    return (value) => {
      let json = '';
      for (const [name, inner] of Object.entries(value as Fields)) {
        if (isPresent(inner)) json += `${json && ','}${JSON.stringify(name)}:${item(inner)}`;
      }
      return `{${json}}`;
    };
  }
  return struct(schema);
}

function struct([, , , , names, schemas]: StructSchema): Encode {
  const members = schemas.map((ref, index) => {
    const { schema, idempotencyToken } = resolved(ref);
    const name = names[index] ?? '';
    return { name, key: `"${name}":`, item: encoderOf(schema), idempotencyToken };
  });
  return (value) => {
    if (typeof value !== 'object') return scalar(value);
    let json = '';
    for (const { name, key, item, idempotencyToken } of members) {
      const member = (value as Fields)[name];
      const inner = member === undefined && idempotencyToken ? randomUUID() : member;
      if (isPresent(inner)) json += `${json && ','}${key}${item(inner)}`;
    }
    return `{${json}}`;
  };
}

/** Writes a value by its own type. DynamoDB refuses a value that does not fit its schema. */
function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Date ? String(value.getTime() / 1000) : JSON.stringify(value);
}

function blob(value: unknown): string {
  return typeof value === 'string' || value instanceof Uint8Array ? `"${toBase64(value)}"` : scalar(value);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function jsonNumber(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function jsonMap(value: Fields): Fields {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => isPresent(inner))
      .map(([name, inner]) => [name, jsonNumber(inner)]),
  );
}

function attributeValue(value: unknown): string {
  let json = '';
  for (const type in value as Fields) {
    const inner = (value as Fields)[type];
    if (isPresent(inner)) json += `${json && ','}"${type}":${attribute(type, inner)}`;
  }
  return `{${json}}`;
}

function attribute(type: string, value: unknown): string {
  switch (type) {
    case 'S':
    case 'N':
      return text(value as string);
    case 'B':
      return value instanceof Uint8Array ? `"${toBase64(value)}"` : text(value as string);
    case 'BOOL':
    case 'NULL':
      return value ? 'true' : 'false';
    case 'SS':
    case 'NS':
      return `[${(value as string[]).map(text).join()}]`;
    case 'BS':
      return `[${(value as Uint8Array[]).map((bytes) => `"${toBase64(bytes)}"`).join()}]`;
    case 'L':
      return `[${(value as unknown[]).map((inner) => (isPresent(inner) ? attributeValue(inner) : 'null')).join()}]`;
    case 'M':
      return attributes(value as Fields);
    default:
      return JSON.stringify(value);
  }
}

function attributes(map: Fields): string {
  let json = '';
  for (const name in map) {
    const inner = map[name];
    if (isPresent(inner)) json += `${json && ','}${JSON.stringify(name)}:${attributeValue(inner)}`;
  }
  return `{${json}}`;
}

/** Does with a value that is not a string what the SDK does. */
function text(value: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return (value as string).length > 0 ? String((value as string).charCodeAt(0)) : '""';
}
