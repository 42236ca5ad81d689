/** Compares the rules of resource types with the schema of the AWS provider 5.100.0. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PACKAGE_ROOT } from '../../src/package-root';
import { Blocks, type Rule, type Rules } from '../../src/source/terraform-json/attribute-rules';
import { RESOURCE_TYPES } from '../../src/source/terraform-json/resource-types';

/** The flags of an attribute contain `o` or `r` if it can be set. */
type AttributeSchemas = Readonly<Record<string, readonly [type: unknown, flags: string]>>;

type BlockSchemas = Readonly<Record<string, BlockSchema>>;

type BlockSchema = readonly [nesting: string, min: number, max: number, AttributeSchemas, BlockSchemas];

type Entry = readonly [kind: string, name: string, version: number, AttributeSchemas, BlockSchemas?];

const SCHEMA = path.join(PACKAGE_ROOT, 'schemas', 'aws-5.100.0.jsonl.gz');

const ALWAYS_INERT = ['description', 'id', 'tags', 'tags_all', 'timeouts'];

const lines = gunzipSync(readFileSync(SCHEMA)).toString().split('\n').filter(Boolean);
const entries = lines.map((line) => JSON.parse(line) as Entry).filter(([kind]) => kind === 'resource');

/** The names of the resource types that match a pattern. */
export function resourceTypes(pattern: RegExp): string[] {
  return entries.flatMap(([, name]) => (pattern.test(name) ? [name] : [])).sort();
}

/**
 * The attributes and blocks that a configuration can set, and that have no rule. Those in a block have its name before them.
 * @throws Error for a type that the provider does not have
 */
export function attributesWithoutRule(type: string): string[] {
  const [, , , attributes, blocks = {}] = entries.find(([, name]) => name === type) ?? [];
  if (!attributes) throw new Error(`The provider has no resource type ${type}.`);
  return withoutRule(attributes, blocks, RESOURCE_TYPES[type]?.attributes ?? {});
}

function withoutRule(attributes: AttributeSchemas, blocks: BlockSchemas, rules: Rules): string[] {
  const settable = Object.entries(attributes).flatMap(([name, [, flags]]) => (/[or]/.test(flags) ? [name] : []));
  const names = [...settable, ...Object.keys(blocks)];
  const inBlocks = Object.entries(blocks).flatMap(([name, [, , , innerAttributes, innerBlocks]]) => {
    const inner = rulesOfBlock(rules[name]);
    return inner ? withoutRule(innerAttributes, innerBlocks, inner).map((found) => `${name}.${found}`) : [];
  });
  return [...names.filter((name) => !(name in rules) && !ALWAYS_INERT.includes(name)), ...inBlocks];
}

/** @returns undefined when one rule applies to the whole block */
function rulesOfBlock(rule: Rule | undefined): Rules | undefined {
  if (rule instanceof Blocks) return rule.rules;
  return typeof rule === 'object' && !Array.isArray(rule) ? (rule as Rules) : undefined;
}
