/** Installs MiniStack, an emulator of AWS, into a virtual environment, and starts and stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { installPython } from '../../../scripts/python/venv';
import { freePort } from './port';
import { progress } from './progress';

const REQUIREMENTS = '__tests__/emulator/requirements.txt';

/** Time limit for the first answer. */
const START_TIMEOUT_MS = 60_000;

export interface Emulator {
  /** `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Settings of the emulator. With `AUTH=true`, it enforces IAM policies; the access key `test` stays without limits. */
export type EmulatorSettings = Readonly<Record<string, string>>;

/** Starts MiniStack on a free port. @param log the file for its output */
export async function startMinistack(log: string, settings: EmulatorSettings = {}): Promise<Emulator> {
  const folder = await installPython(REQUIREMENTS, (packages) => progress(`installing ${packages} (once)`));
  const command = path.join(folder, 'bin/ministack');
  const port = await freePort();
  progress(`starting MiniStack on port ${port}`);
  const output = createWriteStream(log);
  // In a separate process group, so that `stop` reaches its workers too.
  const child = spawn(command, {
    detached: true,
    env: { ...process.env, BIND_HOST: '127.0.0.1', IOT_MTLS_ENABLED: '0', GATEWAY_PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Runs whenever this process ends, except after SIGKILL.
  process.once('exit', () => signal(child, 'SIGKILL'));
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await waitForAnswer(endpoint, child, log);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { endpoint, stop: () => stop(child) };
}

async function waitForAnswer(endpoint: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with status ${child.exitCode}; see ${log}.`);
    const response = await fetch(endpoint).catch(() => undefined);
    if (response) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`MiniStack did not answer at ${endpoint} within ${START_TIMEOUT_MS / 1000} s; see ${log}.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  const force = setTimeout(() => signal(child, 'SIGKILL'), 5000);
  signal(child, 'SIGTERM');
  await ended;
  clearTimeout(force);
  // Ends processes of the group that outlived its leader.
  signal(child, 'SIGKILL');
}

function signal({ pid = 0 }: ChildProcess, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
