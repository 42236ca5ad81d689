/** Reads synthesized stacks without CDKTF's comments. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from '../terraform/synth';
import { type Block, EncodedJson, isBlock, type Value } from './hcl';

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

export function readStack({ name, folder }: SynthesizedStack): Stack {
  const json = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as Block;
  const { terraform = {}, '//': _, ...sections } = json;
  const { resource, data } = sections;
  return {
    ...{ name, folder },
    terraform: isBlock(terraform) ? terraform : {},
    sections: {
      ...sections,
      ...(isBlock(resource) && { resource: mapBlocks(resource, withoutComments) }),
      ...(isBlock(data) && { data: mapBlocks(data, withoutComments) }),
    },
  };
}

/** Changes each resource of a section. */
export function mapBlocks(section: Block, change: (block: Block, type: string, name: string) => Block): Block {
  return Object.fromEntries(
    Object.entries(section).map(([type, named]) => [
      type,
      Object.fromEntries(
        Object.entries(named as Block).map(([name, block]) => [name, change(block as Block, type, name)]),
      ),
    ]),
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
    return JSON.stringify(value) === text ? new EncodedJson(value) : undefined;
  } catch {
    return undefined;
  }
}
