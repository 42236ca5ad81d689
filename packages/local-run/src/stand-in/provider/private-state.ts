/** The bytes that the stand-in stores with each resource in Terraform's state (`private`). */
import { isPlain } from '../protocol/typed-values';
import type { Block } from '../schema/schema';
import type { Values } from './provider';

export interface PrivateState {
  /** Generates the ids of the resource. */
  readonly seed: string;
  /** The id of an import block. */
  readonly importedId?: string;
  /** The attributes and blocks that the configuration sets. */
  readonly configured?: Values;
}

/**
 * Reads the attributes and blocks that the configuration sets. Attributes without a value and empty blocks are absent.
 * @param privateText `private` of an instance in the state file: base64
 */
export function configuredAttributes(privateText: string): Values {
  return decodePrivate(Buffer.from(privateText, 'base64'))?.configured ?? {};
}

export function decodePrivate(bytes: Uint8Array | undefined): PrivateState | undefined {
  if (!bytes?.length) return undefined;
  const state = JSON.parse(Buffer.from(bytes).toString()) as Partial<PrivateState>;
  // Another provider wrote the bytes of a state that was not made here.
  return typeof state.seed === 'string' ? (state as PrivateState) : undefined;
}

export function encodePrivate(state: PrivateState): Buffer {
  return Buffer.from(JSON.stringify(state));
}

/** Removes attributes without a value and blocks that do not occur. */
export function configuredOf(config: Values, { attributes, blocks }: Block): Values {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(attributes)) {
    if (config[name] !== null && config[name] !== undefined) result[name] = withoutNulls(config[name]);
  }
  for (const [name, { block }] of Object.entries(blocks)) {
    const value = config[name];
    if (!isPlain(value) || Object.keys(value).length === 0) continue;
    result[name] = Array.isArray(value)
      ? value.map((element) => configuredOf(element as Values, block))
      : configuredOf(value as Values, block);
  }
  return result;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(entries.map(([name, part]) => [name, withoutNulls(part)]));
}
