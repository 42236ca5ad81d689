/**
 * Destroys the stacks of a preview from their states, without the code of the pull request: that code may have fewer stacks by now, or
 * fail to synthesize.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stateKey } from '../../stacks/names';
import type { Settings } from '../../stacks/settings';
import { TERRAFORM_WRAPPER } from '../terraform/program';
import type { StateObjects } from '../terraform/state-objects';
import { EncryptedStateError, parseState } from '../terraform/state-text';
import { terraform } from '../terraform/terraform';
import { trustedTarget } from '../terraform/trusted-target';
import { foreignResources, type ReadTags, type StateResource } from './resources';

/** Stands for the name of the stack in a key. No real stack can have this name. */
const PLACEHOLDER = '*';

/**
 * The providers that a state may name: `hashicorp/aws` from the registry of Terraform or OpenTofu, and the built-in provider of Terraform.
 * Code of a pull request writes the state, and Terraform would download and run any other provider.
 */
const KNOWN_PROVIDERS =
  /^provider\["(registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/aws|terraform\.io\/builtin\/terraform)"\]/;

interface State {
  readonly resources?: readonly (StateResource & { readonly provider?: string })[];
}

/** A name of a stack that Terraform's key and a folder can contain. */
const STACK = /^[A-Za-z][\w-]*$/;

type Objects = Pick<StateObjects, 'keys' | 'read' | 'delete'>;

/** What `destroyPreview` calls. A test replaces it. */
export interface DestroySteps {
  readonly destroyStack: (stack: string, settings: Settings) => Promise<void>;
  readonly readTags?: ReadTags;
}

/**
 * Destroys all stacks of a preview, and deletes their states. The bucket keeps old versions of the states.
 * @param settings the settings of the preview
 * @returns the names of the destroyed stacks
 * @throws Error after all states were tried, with a line for each state that cannot be read, or whose resources do not all belong to the
 * preview, and for each stack that Terraform cannot destroy. These states remain.
 */
export async function destroyPreview(
  objects: Objects,
  settings: Settings,
  { destroyStack, readTags }: DestroySteps = { destroyStack: destroyWithTerraform },
): Promise<string[]> {
  const [folder = '', file = ''] = stateKey(settings, PLACEHOLDER).split(PLACEHOLDER);
  const keys = (await objects.keys(folder)).filter((key) => key.endsWith(file));
  const [destroyed, failures]: [string[], string[]] = [[], []];
  for (const key of keys) {
    const stack = key.slice(folder.length, -file.length);
    try {
      if (!STACK.test(stack)) throw new Error(`${key} is no state of a preview. Delete the object.`);
      const resources = readResources(await objects.read(key), key);
      if (resources.length > 0) {
        await refuseForeign(resources, { key, settings, readTags });
        await destroyStack(stack, settings);
        destroyed.push(stack);
      }
      await deleteEmptyState(objects, key);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  if (failures.length === 0) return destroyed;
  const done = destroyed.length === 0 ? [] : [`destroyed ${destroyed.join(', ')}, but not all:`];
  throw new Error([...done, ...failures].join('\n'));
}

/** Reads the resources. @throws Error when the text is not a state */
function readResources(text: string | undefined, key: string): NonNullable<State['resources']> {
  // The object was deleted after it was listed.
  return text === undefined ? [] : (stateOf(text, key).resources ?? []);
}

/** @throws Error when a resource has another provider, or does not belong to the preview */
async function refuseForeign(
  resources: NonNullable<State['resources']>,
  { key, settings, readTags }: { key: string; settings: Settings; readTags: ReadTags | undefined },
): Promise<void> {
  const providers = resources.map(({ provider = 'none' }) => provider).filter((name) => !KNOWN_PROVIDERS.test(name));
  const foreign = [
    ...new Set(providers.map((provider) => `its provider ${provider} is not the AWS provider`)),
    ...(await foreignResources(resources, settings, readTags)),
  ];
  if (foreign.length === 0) return;
  throw new Error(
    `${key} was not destroyed, because it contains resources that do not belong to ${settings.environment}: ${foreign.join('; ')}. Delete ` +
      "the preview's resources in the AWS console, then the object. Do not run the code of the pull request.",
  );
}

function stateOf(text: string, key: string): State {
  try {
    const state = parseState(text, key) as State | null;
    if (state !== null && typeof state === 'object' && Array.isArray(state.resources ?? [])) return state;
  } catch (error) {
    // The error below says it.
    if (error instanceof EncryptedStateError) throw error;
  }
  throw new Error(`${key} is not a Terraform state. Recover an older version of the object, or delete it.`);
}

/** Deletes a state that has no resources. @throws Error when it has resources: another run deployed the stack meanwhile */
async function deleteEmptyState(objects: Objects, key: string): Promise<void> {
  const { length: count } = readResources(await objects.read(key), key);
  if (count > 0)
    throw new Error(`${key} still has ${count} resources: another run deployed the stack. Repeat the command.`);
  await objects.delete(key);
}

/** Destroys everything in a state. The configuration has no resources, only the provider and the place of the state. */
async function destroyWithTerraform(stack: string, settings: Settings): Promise<void> {
  console.log(`${settings.environment}: destroying ${stack}`);
  const folder = mkdtempSync(path.join(os.tmpdir(), `${settings.environment}-${stack}-`));
  writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(emptyConfiguration(stack, settings)));
  try {
    await terraform(folder, ['init', '-reconfigure', '-no-color']);
    await terraform(folder, ['destroy', '-auto-approve', '-no-color', '-lock-timeout=300s'], {
      show: true,
      command: TERRAFORM_WRAPPER,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes Terraform's JSON for a stack without resources. */
export function emptyConfiguration(stack: string, settings: Settings): object {
  const { backend, region, providerVersion } = trustedTarget(settings, stack);
  return {
    terraform: { backend, required_providers: { aws: { source: 'hashicorp/aws', version: providerVersion } } },
    provider: { aws: [{ region }] },
  };
}
