/** Computes the attributes of a resource that the provider generates. */
import { containsUnknown } from '../protocol/values';
import type { Attribute, Block } from '../schema/schema';
import type { ValueGenerator } from './value-generator';
import type { Provider, Values } from './provider';
import type { Settings } from './settings';
import { generatedName } from './text';

/** Thrown when generated attributes depend on a value that Terraform does not know yet. */
class UnknownValueRead extends Error {}

/**
 * @param values the configuration with its defaults; values may be unknown
 * @returns undefined when generated attributes depend on unknown values
 */
export function computedAttributes(
  provider: Provider,
  values: Values,
  block: Block,
  generator: ValueGenerator,
): Values | undefined {
  try {
    const readable = guardUnknowns(values);
    return {
      id: generator.id,
      ...prefixedNames(readable, block, generator),
      ...('tags_all' in block.attributes ? allTags(readable, generator.settings) : {}),
      ...provider.resources[generator.type]?.(readable, generator),
    };
  } catch (error) {
    if (error instanceof UnknownValueRead) return undefined;
    throw error;
  }
}

/** @returns the attributes that the real provider plans, or none when they depend on unknown values */
export function plannedAttributes({ planned }: Provider, type: string, values: Values, settings: Settings): Values {
  const readable = guardUnknowns(values);
  try {
    return { ...allTags(readable, settings), ...planned?.[type]?.(readable) };
  } catch (error) {
    if (error instanceof UnknownValueRead) return {};
    throw error;
  }
}

/** Generates names for resources without a name: `name_prefix` or `terraform-`, and digits. */
function prefixedNames(values: Values, { attributes }: Block, generator: ValueGenerator): Values {
  const names = Object.keys(attributes).filter(
    (name) => `${name}_prefix` in attributes && attributes[name]?.computed && isMissing(values[name]),
  );
  return Object.fromEntries(names.map((name) => [name, generatedName(values, generator, name)]));
}

function allTags({ tags }: Values, settings: Settings): Values {
  return { tags_all: { ...settings.defaultTags, ...(tags as Values | null) } };
}

/** Copies the values. Reading an unknown value of the copy throws. */
function guardUnknowns(values: Values): Values {
  const guarded = {};
  for (const [name, value] of Object.entries(values)) {
    const get = () => {
      if (containsUnknown(value)) throw new UnknownValueRead(name);
      return value;
    };
    Object.defineProperty(guarded, name, { get, enumerable: true });
  }
  return guarded;
}

export function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** Completes values after an apply or a read: nothing is unknown any more, and computed attributes have values. */
export function completeValues(
  provider: Provider,
  values: Values,
  computed: Values,
  block: Block,
  generator: ValueGenerator,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...values };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = result[name];
    if (!containsUnknown(value) && !(attribute.computed && isMissing(value))) continue;
    result[name] =
      name in computed
        ? computed[name]
        : (provider.generateAttribute?.(name, attribute, generator) ?? emptyValue(attribute));
  }
  return { ...result, ...computedBlocks(values, computed, block) };
}

/** @returns the blocks that AWS adds because the configuration has none of them */
export function computedBlocks(values: Values, computed: Values, { blocks }: Block): Values {
  const added = Object.keys(blocks).filter((name) => name in computed && Object.keys(values[name] ?? []).length === 0);
  return Object.fromEntries(added.map((name) => [name, computed[name]]));
}

const EMPTY_VALUES: Readonly<Record<string, unknown>> = {
  ...{ string: '', number: 0, bool: false, list: [], set: [], map: {} },
};

function emptyValue({ type }: Attribute): unknown {
  return EMPTY_VALUES[typeof type === 'string' ? type : type[0]] ?? null;
}
