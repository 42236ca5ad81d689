/**
 * Runs the app of cdktf.json as `cdktf synth` does (cdktf-cli 0.21). cdktf itself takes five times as long to load as the
 * app to run: it comes with what it converts HCL with, and types of every language.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { appOf, ROOT } from '../../local/synth';
import { environment } from './terraform';

/** The synth failed, or cdktf did; what they printed was shown, or is in the message. */
export class SynthError extends Error {
  override readonly name = 'SynthError';
}

export interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

interface ManifestStack {
  readonly name: string;
  /** Below the folder that was synthesized into. */
  readonly workingDirectory: string;
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
}

/** What constructs say to those who synthesize, by its level; of an error the synth fails. */
const TOLD: Readonly<Record<string, string>> = { '@cdktf/info': 'INFO', '@cdktf/warn': 'WARN' };
const ERROR = '@cdktf/error';

/**
 * Shows what the stacks have to say.
 * @param out folder that the synthesized stacks go to
 * @param given variables beside those of this process
 * @throws SynthError when the app fails, or a stack has an error
 */
export async function runApp(out: string, given: Readonly<Record<string, string>>): Promise<Manifest> {
  const { command, variables } = appOf(out);
  await run(command, {
    ...withoutTerraformVariables(environment()),
    ...given,
    ...variables,
    // All errors, and not the first of them.
    CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'true',
  });
  const file = path.join(out, 'manifest.json');
  if (!existsSync(file)) throw new SynthError(`The app (${command}) made no ${file}: it has to call app.synth().`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  removeOthers(out, manifest);
  const errors = Object.values(manifest.stacks).flatMap(problems);
  if (errors.length > 0) throw new SynthError(errors.join('\n'));
  return manifest;
}

/** They are for Terraform alone, and may be secret. */
function withoutTerraformVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TF_VAR_')));
}

function run(command: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, cwd: ROOT, env, stdio: ['ignore', 'inherit', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) {
        process.stderr.write(errors);
        resolve();
        return;
      }
      const how = status === null ? `signal ${signal}` : `status ${status}`;
      reject(new SynthError(errors.trim() || `The app (${command}) ended with ${how}.`));
    });
  });
}

/** Folders of stacks that there are no more. */
function removeOthers(out: string, { stacks }: Manifest): void {
  const folder = path.join(out, 'stacks');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!(name in stacks)) rmSync(path.join(folder, name), { recursive: true });
  }
}

/** Prints what a stack has to say; gives its errors. */
function problems({ name, annotations }: ManifestStack): string[] {
  for (const { level, message } of annotations) {
    if (TOLD[level] !== undefined) console.warn(`${TOLD[level]} [${name}]: ${message}`);
  }
  return annotations.filter(({ level }) => level === ERROR).map(({ message }) => `ERROR [${name}]: ${message}`);
}
