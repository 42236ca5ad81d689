/** Synthesizes the app in a child process, as `cdktf synth` would, unless nothing has changed; and finds its stacks. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Inputs, SynthCache } from './synth-cache';
import { HTTP_API } from './terraform-json/http-api';
import { REST_API } from './terraform-json/rest-api';
import { TerraformStack } from './terraform-json/stack';

/** Replaced by the folder that the run was given. */
const ROOT = process.cwd();

/** The app failed; its own output says why. */
export class SynthError extends Error {
  override readonly name = 'SynthError';
}

export interface SynthOptions {
  /** Folder that the synthesized stacks go to. */
  readonly out: string;
  /** Variables beside those of this process, settings for example. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends the child process. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the `app` command of cdktf.json with its context; or takes what an earlier run wrote, when it would write the same.
 * @returns the stacks, in the order of their names
 * @throws SynthError with what the app printed
 */
export async function synth({ out, environment = {}, signal }: SynthOptions): Promise<TerraformStack[]> {
  const { command, variables } = appOf(out);
  const environmentOfApp = { ...process.env, ...environment, ...variables };
  const cache = new SynthCache(environmentOfApp);
  if (cache.restore(out)) return stacksIn(out);
  const began = Date.now();
  const inputs = `${out}.inputs.json`;
  try {
    await run(command, { ...environmentOfApp, INPUTS_FILE: inputs }, signal);
    // An app that is run in another way does not say what it used: nothing can be kept then.
    if (existsSync(inputs)) cache.keep(out, inputsIn(inputs, command), began);
  } finally {
    rmSync(inputs, { force: true });
  }
  return stacksIn(out);
}

/**
 * What cdktf.json says at this moment.
 * @param root the project
 * @returns the app's command, and the variables by which it knows where to write, and its context
 * @throws SynthError when it is no JSON
 */
export function appOf(
  out: string,
  root = ROOT,
): { readonly command: string; readonly variables: Readonly<Record<string, string>> } {
  const file = path.join(root, 'cdktf.json');
  let settings: { readonly app: string; readonly context?: object };
  try {
    settings = JSON.parse(readFileSync(file, 'utf8')) as typeof settings;
  } catch (error) {
    throw new SynthError(`cdktf.json: ${(error as Error).message}`);
  }
  const { app, context } = settings;
  return {
    command: shellCommand(app),
    variables: {
      CDKTF_OUTDIR: out,
      CDKTF_CONTEXT_JSON: JSON.stringify({ ...context, cdktfJsonPath: file }),
    },
  };
}

/** Before a Node.js that is started in another way than with modules and the app, something else may have read variables, or set some. */
function inputsIn(file: string, command: string): Inputs {
  const { files, variables } = JSON.parse(readFileSync(file, 'utf8')) as Inputs;
  const isPlain = /^(exec )?node( (-r|--require) [\w@./-]+)* [\w.][\w./-]*$/.test(command);
  return { files, variables: isPlain ? variables : null };
}

/** The stacks in a folder that was synthesized into, without those that have no API: there is nothing to run of them. */
export function stacksIn(out: string): TerraformStack[] {
  const manifest = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, { name: string; workingDirectory: string }>;
  };
  return Object.values(manifest.stacks)
    .map(({ name, workingDirectory }) => ({ name, folder: path.join(out, workingDirectory) }))
    .filter(({ folder }) => hasApi(folder))
    .map(({ name, folder }) => new TerraformStack(name, folder));
}

function hasApi(folder: string): boolean {
  const { resource = {} } = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as { resource?: object };
  return [HTTP_API, REST_API].some((type) => type in resource);
}

function run(command: string, env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    let failure: Error | undefined;
    // Among others the abort: the process itself ends a little later.
    child.once('error', (error) => (failure = error));
    child.once('close', (status) => {
      if (failure) reject(failure);
      else if (status === 0) resolve();
      else reject(new SynthError(output.trim() || `The app (${command}) ended with status ${status}.`));
    });
  });
}

/** Without `exec` some shells stay between, and a signal would end them and not the app; it takes one command alone. */
function shellCommand(command: string): string {
  return process.platform === 'win32' || /[&|;]/.test(command) ? command : `exec ${command}`;
}
