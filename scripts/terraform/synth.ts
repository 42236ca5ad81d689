/** Synthesizes the stacks, and selects some of them. */
import path from 'node:path';
import { ROOT } from '../project';
import { runApp } from './app';

/** The folder in which cdktf looks for the synthesized stacks. */
export const DEFAULT_OUT = 'cdktf.out';

export interface SynthesizedStack {
  readonly name: string;
  /** The folder with the stack's cdk.tf.json. */
  readonly folder: string;
}

export interface SynthOptions {
  /** The folder with the app's cdktf.json. @default this project */
  readonly root?: string;
  /** The output folder, relative to `root`. @default cdktf.out */
  readonly out?: string;
  /** Additional environment variables for the app, for example settings. The app also inherits the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the information and warnings of the stacks are not printed. @default false */
  readonly quiet?: boolean;
}

/** Synthesizes all stacks. @throws Error when the app fails, or a stack has an error */
export async function synth({
  root = ROOT,
  out = DEFAULT_OUT,
  environment = {},
  quiet = false,
}: SynthOptions = {}): Promise<SynthesizedStack[]> {
  const folder = path.resolve(root, out);
  const { stacks } = await runApp(folder, environment, { root, quiet });
  return Object.values(stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: path.join(folder, workingDirectory),
  }));
}

/**
 * Selects stacks by name. Without names it selects all but `state`, which only `npm run bootstrap` deploys.
 * @param options withState: selects `state` too, for a plan
 * @throws Error when a name belongs to no stack
 */
export function selectStacks(
  stacks: readonly SynthesizedStack[],
  names: readonly string[],
  { withState = false }: { readonly withState?: boolean } = {},
): SynthesizedStack[] {
  const unknown = names.filter((name) => !stacks.some((stack) => stack.name === name));
  if (unknown.length > 0) {
    const known = stacks.map(({ name }) => name).join(', ');
    throw new Error(`There is no stack ${unknown.join(', ')}. Name one of ${known}.`);
  }
  const isSelected = (name: string) => names.includes(name) || (name === 'state' ? withState : names.length === 0);
  return stacks.filter(({ name }) => isSelected(name));
}
