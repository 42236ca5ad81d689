/** Validates the configuration of a resource, as far as the real provider does before a plan. */
import { Unknown } from '../protocol/values';
import type { Block } from '../schema/schema';
import type { Check, Rules, Validator } from './checks';
import { isMissing } from './computed';
import type { Values } from './provider';

export interface Fault {
  readonly summary: string;
  /** The place of the value in the configuration. Empty: the whole resource. */
  readonly steps: readonly Step[];
}

type Step = { readonly attribute_name: string } | { readonly element_key_int: number };

interface Position {
  /** `ephemeral_storage.0.` */
  readonly prefix: string;
  readonly steps: readonly Step[];
  /** The elements of sets have no place in a configuration. */
  readonly isInSet: boolean;
}

const TOP: Position = { prefix: '', steps: [], isInSet: false };

/** @param config unknown values count as valid, as Terraform validates again when it knows them */
export function validate({ rules, checkAll }: Validator, config: Values, block: Block): Fault[] {
  const faults = faultsIn(config, rules, block, TOP);
  if (faults.length > 0) return faults;
  return (checkAll?.(config) ?? []).map((summary) => ({ summary, steps: [] }));
}

function faultsIn(values: Values, rules: Rules, block: Block, position: Position): Fault[] {
  return Object.entries(rules).flatMap(([name, rule]) =>
    elementsOf(name, values[name], block, position).flatMap(({ value, path, ...at }) => {
      const nested = block.blocks[name]?.block;
      if (nested) return faultsIn(value as Values, rule as Rules, nested, { ...at, prefix: `${path}.` });
      const checks = (Array.isArray(rule) ? rule : [rule]) as readonly Check[];
      const errors = checks.map((check) => check(value, { name, path }));
      return errors.flatMap((summary) => (summary === undefined ? [] : [{ summary, steps: at.steps }]));
    }),
  );
}

interface Element extends Omit<Position, 'prefix'> {
  readonly value: unknown;
  /** `layers.0`. */
  readonly path: string;
}

/** @returns the elements of a list, set or repeated block; otherwise the value. Missing and unknown values are left out. */
function elementsOf(name: string, value: unknown, block: Block, position: Position): Element[] {
  const path = `${position.prefix}${name}`;
  const steps = position.isInSet ? position.steps : [...position.steps, { attribute_name: name }];
  const isInSet = position.isInSet || isSet(name, block);
  const elements = Array.isArray(value)
    ? value.map((element: unknown, index): Element => ({
        ...{ value: element, path: `${path}.${index}`, isInSet },
        steps: isInSet ? steps : [...steps, { element_key_int: index }],
      }))
    : [{ value, path, steps, isInSet }];
  return elements.filter((element) => !isMissing(element.value) && !(element.value instanceof Unknown));
}

function isSet(name: string, { attributes, blocks }: Block): boolean {
  const type = attributes[name]?.type;
  return blocks[name]?.nesting === 'set' || (Array.isArray(type) && type[0] === 'set');
}
