/** Reads synthesized stacks without CDKTF's comments. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from '../terraform/synth';
import { type Block, EncodedJson, isBlock, type Value } from './hcl';
import { templateParts } from './template';

export interface Stack extends SynthesizedStack {
  /** The sections of cdk.tf.json: `resource`, `data`, `output` and others. */
  readonly sections: Block;
  /** The section `terraform`: backend and providers. */
  readonly terraform: Block;
}

/** Arguments that Terraform compares as JSON, so spaces and the order of keys make no difference. */
const JSON_ARGUMENTS: Readonly<Record<string, string>> = {
  aws_cloudwatch_dashboard: 'dashboard_body',
  aws_api_gateway_model: 'schema',
};

/** A reference to an attribute that is a text. */
const TEXT_ATTRIBUTE = /^\$\{(data\.)?aws_\w+\.[\w-]+\.(\w+_)?(arn|id|name)\}$/;

export function readStack({ name, folder }: SynthesizedStack): Stack {
  const json = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as Block;
  const { terraform = {}, '//': _, ...sections } = json;
  const { resource, data, module } = sections;
  return {
    ...{ name, folder },
    terraform: isBlock(terraform) ? terraform : {},
    sections: {
      ...sections,
      ...(isBlock(resource) && { resource: mapBlocks(resource, withoutComments) }),
      ...(isBlock(data) && { data: mapBlocks(data, withoutComments) }),
      ...(isBlock(module) && { module: mapValues(module, (block) => withoutComments(block as Block, '')) }),
    },
  };
}

function mapValues(blocks: Block, change: (block: Value, name: string) => Value): Block {
  return Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, change(block, name)]));
}

/** Changes each resource of a section. */
export function mapBlocks(section: Block, change: (block: Block, type: string, name: string) => Block): Block {
  return mapValues(section, (named, type) =>
    mapValues(named as Block, (block, name) => change(block as Block, type, name)),
  );
}

function withoutComments(commented: Block, type: string): Block {
  const { '//': _, ...block } = commented;
  const argument = JSON_ARGUMENTS[type];
  const text = argument === undefined ? undefined : block[argument];
  const json = typeof text === 'string' ? parseJson(text) : undefined;
  return argument !== undefined && json !== undefined ? { ...block, [argument]: json } : block;
}

/** @returns undefined for a text that is not JSON, or that `JSON.stringify` would not repeat exactly */
function parseJson(text: string): EncodedJson | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return JSON.stringify(value) === text ? new EncodedJson(withTexts(value)) : undefined;
  } catch {
    return undefined;
  }
}

/** An expression in quotes is a text in the JSON, also when its value is a number. */
function withTexts(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(withTexts);
  if (isBlock(value)) return mapValues(value, withTexts);
  const [part, ...others] = typeof value === 'string' ? templateParts(value) : [];
  const isExpression = part?.isCode && part.text.startsWith('${') && others.length === 0;
  if (!isExpression || TEXT_ATTRIBUTE.test(part.text)) return value;
  return `\${tostring(${part.text.slice(2, -1)})}`;
}

/** Replaces the paths of local states, from which stacks read outputs of other stacks, with the paths in the ejected folders. */
export function withLocalStates(stacks: readonly Stack[]): Stack[] {
  const names = new Map(stacks.map(({ name, terraform }) => [localState(terraform), name]));
  return stacks.map((stack) => {
    const { data } = stack.sections;
    if (!isBlock(data)) return stack;
    const changed = mapBlocks(data, (block, type) => {
      const { config } = block;
      const name = type === 'terraform_remote_state' && isBlock(config) ? names.get(config['path'] ?? '') : undefined;
      if (name === undefined) return block;
      return { ...block, config: { ...(config as Block), path: `../${name}/terraform.tfstate` } };
    });
    return { ...stack, sections: { ...stack.sections, data: changed } };
  });
}

/** @returns the path of the state; null without a backend `local` */
function localState({ backend }: Block): Value {
  const local = isBlock(backend) ? backend['local'] : undefined;
  return isBlock(local) ? (local['path'] ?? null) : null;
}
