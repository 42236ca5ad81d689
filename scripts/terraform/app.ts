/**
 * Runs the app of cdktf.json as `cdktf synth` does (cdktf-cli 0.21). cdktf itself takes eight times as long to load as the
 * app to run: it comes with what it converts HCL with, and types of every language.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT, stateOf } from '../../cache/store.cjs';
import { appOf } from 'local-run/source/cdktf';
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
  refuseSources(out);
  const { command, variables } = appOf(out);
  const file = path.join(out, 'manifest.json');
  const [before, known] = [stateOf(file), manifestIn(file)];
  await run(command, {
    ...withoutTerraformVariables(environment()),
    ...given,
    ...variables,
    // All errors, and not the first of them.
    CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'true',
  });
  const manifest = stateOf(file) === before ? undefined : manifestIn(file);
  if (!manifest) throw new SynthError(`The app (${command}) wrote no ${file}: it has to call app.synth().`);
  if (known) removeGone(out, known, manifest);
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

/** Synthesized files beside the app's own would be mixed up with them. */
function refuseSources(out: string): void {
  const holdsProject = !path.relative(out, ROOT).startsWith('..');
  const names = existsSync(out) ? readdirSync(out) : [];
  const source = names.find((name) => name === 'package.json' || /\.[cm]?ts$/.test(name));
  if (!holdsProject && source === undefined) return;
  throw new SynthError(
    `The stacks cannot be synthesized into ${out}: ${holdsProject ? 'the project is in it' : `it has ${source}`}. Give a folder of its own.`,
  );
}

function manifestIn(file: string): Manifest | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

/** Folders of stacks that an earlier synth made, and that there are no more. */
function removeGone(out: string, before: Manifest, { stacks }: Manifest): void {
  for (const { name, workingDirectory } of Object.values(before.stacks)) {
    const folder = path.join(out, workingDirectory);
    if (!(name in stacks) && existsSync(path.join(folder, 'cdk.tf.json'))) rmSync(folder, { recursive: true });
  }
}

/** Prints what a stack has to say; gives its errors. */
function problems({ name, annotations }: ManifestStack): string[] {
  for (const { level, message } of annotations) {
    if (TOLD[level] !== undefined) console.warn(`${TOLD[level]} [${name}]: ${message}`);
  }
  return annotations.filter(({ level }) => level === ERROR).map(({ message }) => `ERROR [${name}]: ${message}`);
}
