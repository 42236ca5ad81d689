/** Runs the commands of an SDK update in the project's folder. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { ROOT } from '../project';

/** Runs a command and shows its output. @returns whether it ended with status 0 */
export function passes(command: string, args: readonly string[]): boolean {
  console.log(`\n$ ${command} ${args.join(' ')}`);
  return run(command, args, 'inherit').status === 0;
}

/** Runs a command. @returns its standard output @throws Error with its output when it fails */
export function output(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = run(command, args, 'pipe');
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with status ${status}:\n${stdout}${stderr}`);
}

function run(command: string, args: readonly string[], stdio: 'inherit' | 'pipe'): SpawnSyncReturns<string> {
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26, stdio, shell });
  if (result.error) throw new Error(`${command} did not start: ${result.error.message}. Install it, and repeat.`);
  return result;
}
