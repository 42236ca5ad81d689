/** Runs the commands of an SDK update in the project's folder. */
import { spawnSync, type SpawnSyncReturns, type StdioOptions } from 'node:child_process';
import { ROOT } from '../project';

export interface Check {
  /** Whether the command ended with status 0. */
  readonly passed: boolean;
  /** Its standard output. */
  readonly stdout: string;
}

/** Runs a command and shows its output. */
export function check(command: string, args: readonly string[]): Check {
  console.log(`\n$ ${command} ${args.join(' ')}`);
  const { status, stdout } = run(command, args, ['ignore', 'pipe', 'inherit']);
  process.stdout.write(stdout);
  return { passed: status === 0, stdout };
}

/** Runs a command. @returns its standard output @throws Error with its output when it fails */
export function output(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = run(command, args, 'pipe');
  if (status === 0) return stdout;
  const printed = `${stdout}${stderr}`.trim();
  throw new Error(
    `${printed}\n\n${command} ${args.join(' ')} ended with status ${status}. Correct the error above, and repeat.`,
  );
}

function run(command: string, args: readonly string[], stdio: StdioOptions): SpawnSyncReturns<string> {
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26, stdio, shell });
  if (result.error) throw new Error(`${command} did not start: ${result.error.message}. Install it, and repeat.`);
  return result;
}
