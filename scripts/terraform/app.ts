/** Runs the app of cdktf.json as `cdktf synth` does (cdktf-cli 0.21), but without loading cdktf-cli, which is slow. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { readProjectFile, ROOT } from '../project';
import { terraformEnvironment } from './terraform';

export interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

interface ManifestStack {
  readonly name: string;
  /** Path relative to the output folder. */
  readonly workingDirectory: string;
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
}

/** The printed levels of annotations. An annotation of ERROR_LEVEL makes the synth fail. */
const PRINTED_LEVELS: Readonly<Record<string, string>> = { '@cdktf/info': 'INFO', '@cdktf/warn': 'WARN' };
const ERROR_LEVEL = '@cdktf/error';

/**
 * Runs the app, and prints the stacks' annotations, unless `quiet` is true.
 * @param out absolute path of the output folder
 * @param environment additional environment variables; the app also inherits the environment of this process
 * @param root the folder with the app's cdktf.json
 * @throws Error when the app fails, with the errors that it printed, or when a stack has an error
 */
export async function runApp(
  out: string,
  environment: Readonly<Record<string, string>>,
  { root = ROOT, quiet = false }: { readonly root?: string; readonly quiet?: boolean } = {},
): Promise<Manifest> {
  refuseSourceFolder(out, root);
  // CDKTF creates the folder, but not its parents.
  mkdirSync(path.dirname(out), { recursive: true });
  const { app, context, terraformModules } = readProjectFile(root);
  const file = path.join(out, 'manifest.json');
  const [previous, previousTime] = [readManifest(file), modifiedTime(file)];
  await run(root, app, {
    ...withoutTerraformVariables(terraformEnvironment()),
    ...environment,
    CDKTF_OUTDIR: out,
    // As cdktf does, adds the path of the file, and the modules whose folders CDKTF copies.
    CDKTF_CONTEXT_JSON: JSON.stringify({
      ...context,
      cdktfJsonPath: path.join(root, 'cdktf.json'),
      cdktfRelativeModules: relativeModules(terraformModules),
    }),
    // Report the errors of all stacks, not only the first one.
    CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: 'true',
  });
  const manifest = modifiedTime(file) === previousTime ? undefined : readManifest(file);
  if (!manifest) throw new Error(`The app (${app}) did not write ${file}. Call app.synth() at its end.`);
  if (previous) removeStaleStacks(out, previous, manifest);
  const errors = Object.values(manifest.stacks).flatMap((stack) => reportAnnotations(stack, quiet));
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return manifest;
}

function relativeModules(modules: unknown): unknown[] {
  if (!Array.isArray(modules)) return [];
  return modules.filter((module: unknown) => {
    const source = typeof module === 'string' ? module : (module as { readonly source?: unknown } | null)?.source;
    return typeof source === 'string' && /^\.\.?\//.test(source);
  });
}

/** Removes the input variables of Terraform: they may be secret, and the app does not read them. */
function withoutTerraformVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TF_VAR_')));
}

function run(root: string, command: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, cwd: root, env, stdio: ['ignore', 'inherit', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) {
        process.stderr.write(errors);
        resolve();
        return;
      }
      const end = status === null ? `signal ${signal}` : `status ${status}`;
      reject(new Error(errors.trim() || `The app (${command}) ended with ${end}.`));
    });
  });
}

/** Refuses a folder with sources: synthesized files would mix with them. */
function refuseSourceFolder(out: string, root: string): void {
  const holdsProject = !path.relative(out, root).startsWith('..');
  const names = existsSync(out) ? readdirSync(out) : [];
  const source = names.find((name) => name === 'package.json' || /\.[cm]?ts$/.test(name));
  if (!holdsProject && source === undefined) return;
  const reason = holdsProject ? 'the project is in it' : `it holds ${source}`;
  throw new Error(`The stacks cannot be synthesized into ${out}: ${reason}. Choose a separate folder.`);
}

function readManifest(file: string): Manifest | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

function modifiedTime(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** Removes the folders of stacks that an earlier synth wrote and that the app no longer has. */
function removeStaleStacks(out: string, previous: Manifest, { stacks }: Manifest): void {
  for (const { name, workingDirectory } of Object.values(previous.stacks)) {
    const folder = path.join(out, workingDirectory);
    if (!(name in stacks) && existsSync(path.join(folder, 'cdk.tf.json'))) rmSync(folder, { recursive: true });
  }
}

/** Prints a stack's information and warnings, unless `quiet` is true. @returns its errors */
function reportAnnotations({ name, annotations }: ManifestStack, quiet: boolean): string[] {
  for (const { level, message } of annotations) {
    if (!quiet && PRINTED_LEVELS[level] !== undefined) console.warn(`${PRINTED_LEVELS[level]} [${name}]: ${message}`);
  }
  return annotations.filter(({ level }) => level === ERROR_LEVEL).map(({ message }) => `ERROR [${name}]: ${message}`);
}
