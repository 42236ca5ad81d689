/** Values of Terraform in msgpack: objects of a schema, with values that are unknown until Terraform applies. */
import { encode, ExtensionCodec } from '@msgpack/msgpack';
import type { Block, Type } from '../schema/schema';
import { decodeMsgpack } from './msgpack-keys';
import { mapObject } from './typed-values';

/** A value that Terraform does not know yet. */
export class Unknown {}

export const UNKNOWN = new Unknown();

export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

const EXTENSIONS = new ExtensionCodec();
EXTENSIONS.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
/** An unknown value with refinements, for example a known prefix. */
EXTENSIONS.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** @returns the object, or null when Terraform sends no object */
export function decodeObject(value: DynamicValue | null | undefined, block: Block): Record<string, unknown> | null {
  const decoded = decodeValue(value);
  return decoded === null ? null : mapObject(decoded as Record<string, unknown>, block, numberFromText);
}

export function encodeObject(value: Readonly<Record<string, unknown>> | null, block: Block): DynamicValue {
  return encodeValue(value === null ? null : mapObject(value, block, textFromNumber));
}

export function decodeValue(value: DynamicValue | null | undefined): unknown {
  if (value?.msgpack?.length) return decodeMsgpack(value.msgpack, EXTENSIONS);
  if (value?.json?.length) return JSON.parse(Buffer.from(value.json).toString()) as unknown;
  return null;
}

export function encodeValue(value: unknown): DynamicValue {
  return { msgpack: encode(value, { extensionCodec: EXTENSIONS }) };
}

/** Whether the value is unknown, or contains an unknown value. */
export function containsUnknown(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some(containsUnknown);
}

/** Terraform sends numbers as text when no binary floating-point number is equal to them, for example 0.1. */
function numberFromText(value: unknown, type: Type): unknown {
  return type === 'number' && typeof value === 'string' ? Number(value) : value;
}

function textFromNumber(value: unknown, type: Type): unknown {
  return type === 'number' && typeof value === 'number' && !Number.isInteger(value) ? String(value) : value;
}
