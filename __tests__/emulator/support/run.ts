/** Runs a command in a separate process group, and collects its output. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { projectCopy } from './project-folder';

/** The folder of the commands: the suite's copy of the project. A suite may change its files. */
export const ROOT = projectCopy();

export interface CommandResult {
  /** Null when a signal ended the command. */
  readonly status: number | null;
  /** Standard output and standard error, without colours. */
  readonly output: string;
}

export interface StartedCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
  /** Sends a signal to the command's process group. Processes that left the group do not receive it. */
  kill(signal: NodeJS.Signals): void;
}

export type Environment = Readonly<Record<string, string>>;

/** @param folder the working folder, absolute or relative to the copy of the project */
export function start(
  command: string,
  args: readonly string[],
  environment: Environment = {},
  folder = '.',
): StartedCommand {
  const child = spawn(command, args, {
    cwd: path.resolve(ROOT, folder),
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
  // Ends the command when the suite is interrupted. Terraform runs in a separate session, and finishes.
  const terminate = () => kill('SIGTERM');
  process.once('exit', terminate);
  child.once('close', () => process.off('exit', terminate));
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output: output.replace(/\u001b\[[\d;?]*[a-zA-Z]/g, '') }));
  });
  return { child, ended, kill };
}

/** Runs a command to its end. @returns its output @throws Error with the output, unless it ends with status 0 */
export async function run(
  command: string,
  args: readonly string[],
  environment?: Environment,
  folder?: string,
): Promise<string> {
  const { status, output } = await start(command, args, environment, folder).ended;
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with status ${status}:\n${output.slice(-6000)}`);
  return output;
}
