/** The synthesized stacks, and cdktf for what it does with them. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { runApp, SynthError } from './app';
import { environment } from './terraform';

export { SynthError } from './app';

export const ROOT = path.join(__dirname, '../..');

/** In place of Terraform, for cdktf (TERRAFORM_BINARY_NAME): see there. */
export const TERRAFORM = path.join(__dirname, 'terraform.sh');

/** Where cdktf looks for it. */
export const OUT = 'cdktf.out';

export interface SynthesizedStack {
  readonly name: string;
  /** Where its cdk.tf.json is. */
  readonly folder: string;
}

export interface SynthOptions {
  /** Where it goes: a path from the project's folder. @default cdktf.out */
  readonly out?: string;
  /** Variables beside those of this process, settings for example. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** @throws SynthError */
export async function synth({ out = OUT, environment: given = {} }: SynthOptions = {}): Promise<SynthesizedStack[]> {
  const folder = path.resolve(ROOT, out);
  const { stacks } = await runApp(folder, given);
  return Object.values(stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: path.join(folder, workingDirectory),
  }));
}

/**
 * The stacks that were asked for by name; without a name all but `state`, which only `npm run bootstrap` deploys.
 * @throws SynthError for a name that there is not
 */
export function chosen(stacks: readonly SynthesizedStack[], names: readonly string[]): SynthesizedStack[] {
  const unknown = names.filter((name) => !stacks.some((stack) => stack.name === name));
  if (unknown.length > 0) {
    throw new SynthError(
      `There is no stack ${unknown.join(', ')}; there are ${stacks.map(({ name }) => name).join(', ')}.`,
    );
  }
  return stacks.filter(({ name }) => (names.length === 0 ? name !== 'state' : names.includes(name)));
}

/** cdktf ends at once, Terraform does not: see terraform.sh. */
const INTERRUPTED =
  'Interrupted. If Terraform was at work, it brings that to its end, and the state is locked until then; ' +
  'run this again to do what is left.';

/**
 * Runs the project's own cdktf in the project's folder; its output is shown.
 * @throws SynthError when it ends with another status than 0
 */
export async function cdktf(args: readonly string[], given: Readonly<Record<string, string>> = {}): Promise<void> {
  const command = path.join(ROOT, 'node_modules/.bin/cdktf');
  const child = spawn(command, args, {
    cwd: ROOT,
    env: {
      ...environment(),
      // Without a terminal, no spinner: it would be a line for each of its turns.
      ...(!process.stdout.isTTY && { CONTINUOUS_INTEGRATION: '1' }),
      ...given,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let interrupted = false;
  const wait = () => (interrupted = true);
  process.on('SIGINT', wait);
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', (error) => reject(new SynthError(`${command}: ${error.message}. Run npm ci first.`)));
      child.once('close', (code, signal) => {
        if (code === 0) resolve();
        else if (interrupted) reject(new SynthError(INTERRUPTED));
        else
          reject(
            new SynthError(`cdktf ${args[0]} ended with ${code === null ? `signal ${signal}` : `status ${code}`}.`),
          );
      });
    });
  } finally {
    process.off('SIGINT', wait);
  }
}
