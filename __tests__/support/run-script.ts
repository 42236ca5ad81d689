/** Runs a script of the project as a process, while this process goes on: a server of the test can answer it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { JITI, ROOT } from './local-run';

export interface ScriptResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param root the folder of the project, or of a copy @param environment additional variables */
export async function runScript(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ScriptResult> {
  const [script = '', ...others] = args;
  const child = spawn(process.execPath, [path.join(ROOT, JITI), `scripts/${script}.ts`, ...others], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, ...printed };
}
