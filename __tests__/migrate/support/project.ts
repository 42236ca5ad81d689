/** Runs commands in this project and in a migrated copy of it. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { JITI, ROOT } from '../../support/local-run';

/** Copies the project's files with their uncommitted changes into a new Git repository, without node_modules. */
export function copyWithGit(): string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'migrated-')));
  const files = git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  for (const file of files.filter((name) => name !== '' && existsSync(path.join(ROOT, name))))
    cpSync(path.join(ROOT, file), path.join(root, file), { verbatimSymlinks: true });
  git(root, 'init', '--quiet');
  commit(root);
  return root;
}

export function commit(root: string): void {
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'test');
}

function git(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return stdout;
}

/** Runs a script of scripts/. jiti comes from this project: a copy has no packages before its migration. */
export function runScript(root: string, script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return run(root, process.execPath, [path.join(ROOT, JITI), `scripts/${script}.ts`, ...args], env);
}

/** Runs tests. @param recorded a folder for the stacks that they synthesize @default the stacks are not kept */
export function runTests(root: string, tests: readonly string[], recorded?: string) {
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  return run(
    root,
    process.execPath,
    [jest, '--maxWorkers=50%', ...tests],
    recorded === undefined ? {} : { RECORD_SYNTH: recorded },
  );
}

/** Runs a command. @returns its output @throws Error with the end of the output when it fails */
export async function run(
  cwd: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  // CI is a setting, which requires a state bucket.
  const { CI: _, ...environment } = process.env;
  const child = spawn(command, args, { cwd, env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status === 0) return output;
  throw new Error(`${[command, ...args].join(' ')} ended with ${status} in ${cwd}:\n${output.slice(-8000)}`);
}
