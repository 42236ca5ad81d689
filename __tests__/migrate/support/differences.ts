/** Compares synthesized stacks, and names the differences that a migration may make. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Difference {
  /** Path of the value in cdk.tf.json. */
  readonly at: string;
  /** The migrations that change it. */
  readonly by: readonly string[];
  readonly why: string;
}

/** All differences that migrations make. Every other difference is a fault. */
export const DIFFERENCES: readonly Difference[] = [
  { at: '//.metadata.version', by: ['cdktn'], why: 'the version of CDKTF or CDK Terrain' },
  {
    at: 'resource.aws_api_gateway_account.api_gateway_logs.reset_on_delete',
    by: ['cdktn', 'provider-6'],
    why: 'provider 6 has no such argument, and always resets the settings',
  },
  {
    at: 'terraform.required_providers.aws.source',
    by: ['cdktn'],
    why: 'CDK Terrain writes hashicorp/aws, CDKTF writes aws: Terraform reads both as the same address',
  },
  {
    at: 'terraform.required_providers.aws.version',
    by: ['cdktn', 'provider-6'],
    why: 'the version of the AWS provider',
  },
];

/** Returns the paths that a migration changes. */
export function differencesBy(migration: string): string[] {
  return DIFFERENCES.filter(({ by }) => by.includes(migration)).map(({ at }) => at);
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface Comparison {
  readonly files: number;
  /** The allowed differences that were found. */
  readonly found: readonly string[];
  /** All other differences, each with its file. */
  readonly faults: readonly string[];
}

/** Files that a project synthesized. */
export interface Output {
  readonly folder: string;
  /** The project. Paths of local states contain it. */
  readonly root: string;
}

/**
 * Compares all files of two folders byte by byte, and cdk.tf.json and recorded stacks value by value.
 * @param allowed paths in stacks that may differ
 */
export function compareOutputs(before: Output, after: Output, allowed: readonly string[]): Comparison {
  const [names, others] = [filesIn(before.folder), filesIn(after.folder)];
  const found = new Set<string>();
  const faults = [
    ...names.filter((name) => !others.includes(name)).map((name) => `${name} is missing`),
    ...others.filter((name) => !names.includes(name)).map((name) => `${name} is new`),
  ];
  for (const name of names.filter((file) => others.includes(file))) {
    const [first, second] = [read(before, name), read(after, name)];
    if (first === second) continue;
    const differences = isStack(name)
      ? differencesOf(JSON.parse(first) as Json, JSON.parse(second) as Json)
      : ['bytes'];
    for (const difference of differences) {
      if (allowed.includes(difference)) found.add(difference);
      else faults.push(`${name}: ${difference}`);
    }
  }
  return { files: names.length, found: [...found].sort(), faults };
}

/** Reads a file byte by byte, without the path of the project. */
function read({ folder, root }: Output, name: string): string {
  return readFileSync(path.join(folder, name), 'latin1').replaceAll(root, '');
}

/** Files, without the manifest: it contains stack traces. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Whether the file is a cdk.tf.json or a recorded stack, which lie in no folder. */
const isStack = (name: string) => name.endsWith('cdk.tf.json') || (!name.includes(path.sep) && name.endsWith('.json'));

/** Returns the paths of the values that differ. */
function differencesOf(before: Json | undefined, after: Json | undefined, at: readonly string[] = []): string[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differencesOf(before[name], after[name], [...at, name]));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [at.join('.')];
}

function isObject(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
