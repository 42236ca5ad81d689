/** Plans and applies changes of resources. */
import { isDeepStrictEqual } from 'node:util';
import { UNKNOWN } from '../protocol/values';
import type { Block } from '../schema/schema';
import { completeValues, computedAttributes, computedBlocks, isMissing, plannedAttributes } from './computed';
import { withDefaults } from './defaults';
import { ValueGenerator } from './value-generator';
import { configuredOf, type PrivateState } from './private-state';
import type { Provider, Values } from './provider';
import type { Connection } from './connection';

export interface Change {
  readonly type: string;
  readonly block: Block;
  readonly provider: Provider;
  readonly connection: Connection;
  readonly config: Values;
}

export interface Planned {
  readonly values: Values;
  /** Attributes whose change replaces the resource. */
  readonly replacedBy: readonly string[];
  readonly privateState: PrivateState | undefined;
}

/** Plans a new resource. Most generated attributes are unknown, as with the real provider. */
export function planCreation({ type, block, provider, connection, config }: Change, proposed: Values): Planned {
  const values = withDefaults(proposed, block);
  const planned = plannedAttributes(provider, type, values, connection.settings);
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.writeOnly) values[name] = null;
    else if (attribute.computed && isMissing(config[name]) && isMissing(values[name]))
      values[name] = planned[name] ?? UNKNOWN;
  }
  return { values, replacedBy: [], privateState: undefined };
}

/** Plans a change of a resource. Generated attributes keep their values unless an attribute that they derive from changes. */
export function planUpdate(change: Change, prior: Values, proposed: Values, stored: PrivateState | undefined): Planned {
  const { type, block, provider, connection, config } = change;
  const state = stored ?? adopt(prior);
  const values: Record<string, unknown> = { ...planCreation(change, proposed).values };
  const generator = generatorOf(type, state, connection);
  provider.restore?.[type]?.(prior, generator);
  const computed = provider.replacesOnChange ? prior : computedAttributes(provider, values, block, generator);
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (!attribute.computed || !isMissing(config[name])) continue;
    if (computed === undefined) values[name] = UNKNOWN;
    else if (!isMissing(computed[name])) values[name] = computed[name];
  }
  Object.assign(values, computedBlocks(config, computed ?? prior, block));
  const changed = Object.keys(config).filter((name) => !isDeepStrictEqual(values[name], prior[name]));
  return { values, replacedBy: provider.replacesOnChange ? changed : [], privateState: state };
}

/** @returns the attributes of the applied resource, and the state to store with it */
export function applyChange(change: Change, planned: Values, stored: PrivateState | undefined): [Values, PrivateState] {
  const { type, block, provider, connection, config } = change;
  const configured = configuredOf(config, block);
  const state = stored ?? { seed: connection.nextSeed(type, configured) };
  const generator = generatorOf(type, state, connection);
  const known = Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [name, value === UNKNOWN ? null : value]),
  );
  const computed = computedAttributes(provider, known, block, generator) ?? {};
  return [completeValues(provider, planned, computed, block, generator), { ...state, configured }];
}

/** @returns the state for a resource that another provider created, or that an import block names */
export function adopt({ id }: Values): PrivateState {
  return { seed: `id ${String(id)}`, ...(typeof id === 'string' ? { importedId: id } : {}) };
}

function generatorOf(type: string, { seed, importedId }: PrivateState, connection: Connection): ValueGenerator {
  return new ValueGenerator(type, seed, connection.settings, importedId);
}
