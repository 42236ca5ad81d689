/** Rules for the attributes of a resource type: which of them the local run simulates, and which have no effect on one machine. */
import type { NotSimulated } from '../../model/not-simulated';
import { isObject } from '../../services/is-object';
import { toList } from '../../services/to-list';
import type { Attributes } from './resource';
import { isUnknown } from './unknown';

/**
 * - `true`: the local run simulates every value.
 * - `'inert'`: the attribute has no effect on one machine. It is not evaluated.
 * - a list: the local run simulates these values. `undefined` stands for a missing attribute.
 * - `Rules`: a block. `Blocks`: a block that can occur several times.
 * An attribute without a rule decides about responses in a way that the local run does not know.
 */
export type Rule = true | 'inert' | readonly unknown[] | Rules | Blocks;

export interface Rules {
  readonly [attribute: string]: Rule;
}

export class Blocks {
  constructor(readonly rules: Rules) {}
}

export const simulated = (...names: readonly string[]): Rules => Object.fromEntries(names.map((name) => [name, true]));

export const inert = (...names: readonly string[]): Rules => Object.fromEntries(names.map((name) => [name, 'inert']));

/** A block that can occur several times. The attribute becomes a list of blocks. */
export const blocks = (rules: Rules): Blocks => new Blocks(rules);

/** Attributes and meta-arguments of every resource that have no effect on one machine. */
export const ALWAYS_INERT = inert('//', 'depends_on', 'description', 'lifecycle', 'tags', 'tags_all', 'timeouts');

/** The place of a block, for messages: the address of the resource, and `logging_config.` */
interface Place {
  readonly address: string;
  readonly prefix: string;
}

/**
 * Removes the attributes that the local run does not use, before the evaluation.
 * @param onFault called for each attribute without a rule
 */
export function usedAttributes(
  address: string,
  configuration: Attributes,
  rules: Rules,
  onFault: (fault: NotSimulated) => void,
): Attributes {
  return usedOf({ address, prefix: '' }, configuration, { ...ALWAYS_INERT, ...rules }, onFault);
}

function usedOf(
  { address, prefix }: Place,
  block: Attributes,
  rules: Rules,
  onFault: (fault: NotSimulated) => void,
): Attributes {
  const used: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(block)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    const attribute = `${prefix}${name}`;
    if (rule === 'inert' || value === null) continue;
    // Modules write these values to leave a feature off.
    if (rule === undefined && value === false) continue;
    if ((rule === undefined || Array.isArray(rule)) && (value === '' || isEmptyList(value))) continue;
    if (rule === undefined) onFault({ address, attribute, supported: `no ${attribute}` });
    else if (rule === true || Array.isArray(rule)) used[name] = value;
    else {
      const inner = rule instanceof Blocks ? rule.rules : (rule as Rules);
      const read = toList(value).flatMap((item) => {
        if (isObject(item)) return [usedOf({ address, prefix: `${attribute}.` }, item, inner, onFault)];
        onFault({ address, attribute, found: JSON.stringify(item), supported: `a block with ${namesOf(inner)}` });
        return [];
      });
      if (rule instanceof Blocks || read.length > 0) used[name] = rule instanceof Blocks ? read : read[0];
    }
  }
  return used;
}

/** @returns the evaluated attributes whose values are not in the list of their rule */
export function unsupportedValues(
  address: string,
  attributes: Attributes,
  rules: Rules,
  prefix = '',
): readonly NotSimulated[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const value = attributes[name];
    if (rule === true || rule === 'inert' || isUnknown(value)) return [];
    if (Array.isArray(rule)) return rule.includes(value) ? [] : [unsupportedValue(address, prefix + name, value, rule)];
    const inner = rule instanceof Blocks ? rule.rules : (rule as Rules);
    return toList(value)
      .filter(isObject)
      .flatMap((block) => unsupportedValues(address, block, inner, `${prefix}${name}.`));
  });
}

export function unsupportedValue(
  address: string,
  attribute: string,
  value: unknown,
  supported: readonly unknown[],
): NotSimulated {
  const text = (item: unknown) => (item === undefined ? 'no value' : JSON.stringify(item));
  return { address, attribute, found: text(value), supported: supported.map(text).join(', ') };
}

function namesOf(rules: Rules): string {
  return Object.keys(rules)
    .filter((name) => name !== '//')
    .sort()
    .join(', ');
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
