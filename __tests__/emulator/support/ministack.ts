/** MiniStack, an emulator of AWS, installed into an environment of its own, started on a free port and ended with all it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './port';
import { progress } from './progress';
import { ROOT, run } from './run';

const REQUIREMENTS = path.join(ROOT, '__tests__/emulator/requirements.txt');

/** How long it may take to answer, in ms. */
const START_MS = 60_000;

export interface Emulator {
  /** `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** @param log the file that gets all it prints */
export async function startMinistack(log: string): Promise<Emulator> {
  const command = path.join(await installed(), 'bin/ministack');
  const port = await freePort();
  progress(`starting MiniStack on port ${port}`);
  const output = createWriteStream(log);
  // A process group of its own: its workers end with it.
  const child = spawn(command, {
    detached: true,
    env: { ...process.env, BIND_HOST: '127.0.0.1', IOT_MTLS_ENABLED: '0', GATEWAY_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // However this process ends, but for SIGKILL.
  process.once('exit', () => signal(child, 'SIGKILL'));
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answers(endpoint, child, log);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { endpoint, stop: () => stop(child) };
}

/** @returns the virtual environment; one for each list of requirements, made once */
async function installed(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = path.join(ROOT, 'node_modules/.cache/e2e', hash);
  // Written last: what was ended half-way is made anew.
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

async function answers(endpoint: string, child: ChildProcess, log: string): Promise<void> {
  const until = performance.now() + START_MS;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended with status ${child.exitCode}; see ${log}.`);
    const response = await fetch(endpoint).catch(() => undefined);
    if (response) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`MiniStack did not answer at ${endpoint} within ${START_MS / 1000} s; see ${log}.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  const force = setTimeout(() => signal(child, 'SIGKILL'), 5000);
  signal(child, 'SIGTERM');
  await ended;
  clearTimeout(force);
  // Whatever of the group outlived its leader.
  signal(child, 'SIGKILL');
}

function signal({ pid = 0 }: ChildProcess, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
