/** Asks a real provider for the defaults of its resources: the values that it plans for attributes without a value. */
import { decodeObject, type DynamicValue, encodeObject, encodeValue, UNKNOWN } from '../protocol/values';
import type { PluginProcess } from './plugin-process';
import type { Attribute, Block, NestedBlock, Schema, Schemas } from './schema';

type Values = Record<string, unknown>;

/** Attributes that the provider requires although the schema calls them optional. */
const NECESSARY: Readonly<Record<string, Values>> = {
  aws_lambda_function: { handler: 'index.handler', runtime: 'nodejs22.x' },
  aws_api_gateway_authorizer: { authorizer_uri: 'uri' },
  aws_dynamodb_table: { read_capacity: 1, write_capacity: 1 },
  aws_kinesis_stream: { shard_count: 1 },
};

/** Prints the types whose defaults stay unknown, and the reason. */
export type Report = (type: string, reason: string) => void;

/**
 * @param start starts the provider; some resources without attributes end its program
 * @returns the schemas with the defaults of the attributes
 */
export async function withProviderDefaults(
  resources: Schemas,
  start: () => Promise<PluginProcess>,
  report: Report,
): Promise<Schemas> {
  const result = new Map<string, Schema>();
  let plugin = await start();
  for (const [type, { version, block }] of resources) {
    let described = block;
    // The provider may refuse a resource for one of its blocks, so the blocks are planned one by one then.
    const attempts = [Object.keys(block.blocks), [], ...Object.keys(block.blocks).map((name) => [name])];
    for (const [index, names] of attempts.entries()) {
      try {
        described = blockWithDefaults(described, await plan(type, block, names, plugin));
        if (index === 0) break;
      } catch (error) {
        if (names.length <= 1) report(`${type} ${names.join('')}`, (error as Error).message);
        if (error instanceof RefusedPlan) continue;
        plugin.stop();
        plugin = await start();
      }
    }
    result.set(type, { version, block: described });
  }
  plugin.stop();
  return result;
}

class RefusedPlan extends Error {}

/** @throws RefusedPlan, or another error when the program of the provider ends */
async function plan(type: string, block: Block, names: readonly string[], plugin: PluginProcess): Promise<Values> {
  const necessary = NECESSARY[type] ?? {};
  const config = encodeObject({ ...emptyConfig(block, names), ...necessary }, block);
  const { planned_state: state, diagnostics } = (await plugin.call('PlanResourceChange', {
    ...{ type_name: type, prior_state: encodeValue(null), proposed_new_state: config, config },
  })) as { planned_state: DynamicValue; diagnostics: readonly { readonly summary: string }[] };
  const planned = decodeObject(state, block);
  if (planned === null) throw new RefusedPlan(diagnostics.map(({ summary }) => summary).join('; '));
  for (const name of Object.keys(necessary)) planned[name] = null;
  return planned;
}

/**
 * A configuration with unknown required attributes and no optional ones.
 * @param names the blocks that occur once; in them, all blocks occur once @default all
 */
function emptyConfig({ attributes, blocks }: Block, names: readonly string[] = Object.keys(blocks)): Values {
  const elements = Object.entries(blocks).filter(([name, { min }]) => names.includes(name) || min > 0);
  return Object.fromEntries([
    ...Object.entries(attributes).map(([name, { required }]) => [name, required ? UNKNOWN : null]),
    ...elements.map(([name, { nesting, block }]) => {
      const element = emptyConfig(block);
      if (nesting === 'single' || nesting === 'group') return [name, element];
      return [name, nesting === 'map' ? { key: element } : [element]];
    }),
  ]) as Values;
}

function blockWithDefaults({ attributes, blocks }: Block, planned: Values): Block {
  return {
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, attribute]) => [name, attributeWithDefault(attribute, planned[name])]),
    ),
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([name, nested]) => [name, nestedWithDefaults(nested, planned[name])]),
    ),
  };
}

function attributeWithDefault(attribute: Attribute, planned: unknown): Attribute {
  const isDefault = !attribute.required && planned !== null && planned !== undefined && planned !== UNKNOWN;
  return isDefault ? { ...attribute, default: planned } : attribute;
}

function nestedWithDefaults(nested: NestedBlock, planned: unknown): NestedBlock {
  const element: unknown = Array.isArray(planned) ? planned[0] : planned;
  if (element === null || typeof element !== 'object') return nested;
  return { ...nested, block: blockWithDefaults(nested.block, element as Values) };
}
