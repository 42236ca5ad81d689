/** Runs a command in the project's folder, in a process group of its own, and keeps what it prints. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../../..');

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  /** Both streams, without colours. */
  readonly output: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Sends a signal to it and to all that it started, but for what left the group. */
  kill(signal: NodeJS.Signals): void;
}

export type Environment = Readonly<Record<string, string>>;

export function begin(command: string, args: readonly string[], environment: Environment = {}): Started {
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  // A suite that is given up ends what it began; Terraform, on its own terminal, ends in order.
  const abandon = () => kill('SIGTERM');
  process.once('exit', abandon);
  child.once('close', () => process.off('exit', abandon));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);

    child.once('close', (status) => resolve({ status, output: output.replace(/\u001b\[[\d;?]*[a-zA-Z]/g, '') }));
  });
  return { child, ended, kill };
}

/** @throws Error with the output, unless it ends with status 0 */
export async function run(command: string, args: readonly string[], environment?: Environment): Promise<string> {
  const { status, output } = await begin(command, args, environment).ended;
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with status ${status}:\n${output.slice(-6000)}`);
  return output;
}
