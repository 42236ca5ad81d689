/** Installs MiniStack, an emulator of AWS, into a virtual environment, and starts and stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './port';
import { progress } from './progress';
import { ROOT, run } from './run';

const REQUIREMENTS = path.join(ROOT, '__tests__/emulator/requirements.txt');

/** Time limit for the first answer. */
const START_TIMEOUT_MS = 60_000;

export interface Emulator {
  /** `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts MiniStack on a free port. @param log the file for its output */
export async function startMinistack(log: string): Promise<Emulator> {
  const command = path.join(await install(), 'bin/ministack');
  const port = await freePort();
  progress(`starting MiniStack on port ${port}`);
  const output = createWriteStream(log);
  // In a separate process group, so that `stop` reaches its workers too.
  const child = spawn(command, {
    detached: true,
    env: { ...process.env, BIND_HOST: '127.0.0.1', IOT_MTLS_ENABLED: '0', GATEWAY_PORT: String(port) },
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

/** Creates a virtual environment once for each content of requirements.txt. @returns its folder */
async function install(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = path.join(ROOT, 'node_modules/.cache/e2e', hash);
  // This file is written last: without it, an interrupted installation starts from scratch.
  const complete = path.join(folder, 'complete');
  if (existsSync(complete)) return folder;
  progress(`installing ${readFileSync(REQUIREMENTS, 'utf8').trim()} (once)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  await run('python3', ['-m', 'venv', folder]);
  await run(path.join(folder, 'bin/python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    REQUIREMENTS,
  ]);
  writeFileSync(complete, '');
  return folder;
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
