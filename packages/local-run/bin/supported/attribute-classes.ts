/** Sorts the attributes of a simulated resource type into classes, by its rules and by the schema of the AWS provider. */
import { ALWAYS_INERT, Blocks, type Rule, type Rules } from '../../src/source/terraform-json/attribute-rules';
import type { Block } from '../../src/stand-in/schema/schema';

export interface AttributeClasses {
  /** The run simulates every value. */
  readonly simulated: readonly string[];
  /** The run simulates these values, by attribute. `undefined` stands for no value. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** No effect on one machine. */
  readonly inert: readonly string[];
  /** The run does not simulate them, and routes that depend on a resource with such an attribute answer 501. */
  readonly decisive: readonly string[];
}

const NONE: AttributeClasses = { simulated: [], values: {}, inert: [], decisive: [] };

/** @param schema the attributes and blocks of the provider. Undefined: it does not know the type */
export function classify(rules: Rules, schema: Block | undefined, prefix = ''): AttributeClasses {
  const known = Object.entries(rules).map(([name, rule]) =>
    classifyOne(rule, schema?.blocks[name]?.block, `${prefix}${name}`),
  );
  const decisive = schema === undefined ? [] : namesOf(schema).filter((name) => !Object.hasOwn(rules, name));
  const added = prefix === '' ? decisive.filter((name) => !Object.hasOwn(ALWAYS_INERT, name)) : decisive;
  return merge([...known, { ...NONE, decisive: added.map((name) => `${prefix}${name}`) }]);
}

function classifyOne(rule: Rule, schema: Block | undefined, name: string): AttributeClasses {
  if (rule === true) return { ...NONE, simulated: [name] };
  if (rule === 'inert') return { ...NONE, inert: [name] };
  if (Array.isArray(rule)) return { ...NONE, values: { [name]: rule } };
  return classify(rule instanceof Blocks ? rule.rules : (rule as Rules), schema, `${name}.`);
}

/** The attributes and blocks that a configuration can set. */
function namesOf({ attributes, blocks }: Block): string[] {
  const settable = Object.entries(attributes).filter(
    ([, { optional, required }]) => optional === true || required === true,
  );
  // The provider accepts an id of one's own, which has no effect.
  return [...settable.map(([name]) => name), ...Object.keys(blocks)].filter((name) => name !== 'id');
}

function merge(all: readonly AttributeClasses[]): AttributeClasses {
  return {
    simulated: all.flatMap(({ simulated }) => simulated).sort(),
    values: Object.fromEntries(all.flatMap(({ values }) => Object.entries(values))),
    inert: all.flatMap(({ inert }) => inert).sort(),
    decisive: all.flatMap(({ decisive }) => decisive).sort(),
  };
}
