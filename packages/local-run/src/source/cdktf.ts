/** Finds the stacks in a folder of synth output. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SynthError } from './synth-error';
import { HTTP_API } from './terraform-json/http-api';
import { REST_API } from './terraform-json/rest-api';
import { TerraformStack } from './terraform-json/stack';

/**
 * @returns the stacks that have an API, in the order of the manifest. The run serves nothing of other stacks.
 * @throws SynthError when there is no manifest.json
 */
export function stacksIn(out: string): TerraformStack[] {
  return Object.values(readManifest(out).stacks)
    .map(({ name, workingDirectory }) => ({ name, folder: path.join(out, workingDirectory) }))
    .filter(({ folder }) => hasApi(folder))
    .map(({ name, folder }) => new TerraformStack(name, folder));
}

function readManifest(out: string) {
  const file = path.join(out, 'manifest.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as {
      readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
    };
  } catch (error) {
    throw new SynthError(`${file} cannot be read: ${(error as Error).message}. Synthesize the app into this folder.`);
  }
}

function hasApi(folder: string): boolean {
  const { resource = {} } = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as { resource?: object };
  return [HTTP_API, REST_API].some((type) => type in resource);
}
