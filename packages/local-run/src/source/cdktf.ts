/** Finds the stacks in a folder of synth output. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { API_TYPES } from './deployment';
import { SynthError } from './synth-error';
import { TerraformStack } from './terraform-json/stack';

/**
 * @returns the stacks that have an API, in the order of the manifest. The run serves nothing of other stacks.
 * @throws SynthError when a file cannot be read
 */
export function stacksIn(out: string): TerraformStack[] {
  return Object.values(readManifest(out).stacks)
    .map(({ name, workingDirectory }) => ({ name, folder: path.join(out, workingDirectory) }))
    .filter(({ folder }) => hasApi(folder))
    .map(({ name, folder }) => new TerraformStack(name, folder));
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

function readManifest(out: string): Manifest {
  return readJson(path.join(out, 'manifest.json')) as Manifest;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new SynthError(`${file} cannot be read: ${(error as Error).message}. Synthesize the app into this folder.`);
  }
}

function hasApi(folder: string): boolean {
  const { resource = {} } = readJson(path.join(folder, 'cdk.tf.json')) as { readonly resource?: object };
  return API_TYPES.some((type) => type in resource);
}
