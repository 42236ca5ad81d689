/** Starts the local run as `npm start` does: as a child process with an outputs file and printed lines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { scripts } from '../../package.json';

export const ROOT = path.join(__dirname, '../..');

/** Runs TypeScript: `node JITI file.ts`, with the project as working folder. */
export const JITI = 'node_modules/jiti/lib/jiti-cli.mjs';

/** Throttle limits that no test exceeds unintentionally. */
const NO_THROTTLE = { THROTTLE_RATE: '10000', THROTTLE_BURST: '5000' };

/** The arguments of Node.js in `npm start`, with absolute paths because the working folder may be a copy of the project. */
const START = scripts.start
  .replace(/^exec node /, '')
  .split(' ')
  .map((argument) => (argument.startsWith('-') ? argument : path.join(ROOT, argument)));

export interface LocalRunOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Folder of the project to run. @default this project */
  readonly root?: string;
}

export interface LocalRun {
  /** Process id. */
  readonly pid: number;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Path of the file with the outputs. */
  readonly outputsFile: string;
  /** All output so far: standard output and standard error. */
  printed(): string;
  /** Waits until the output after its first `from` characters matches. @returns the matching text */
  prints(pattern: RegExp, from?: number): Promise<string>;
  /** Stops the run. @param signal @default SIGTERM @returns the exit status */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Less than the timeout of a test, so the error shows the text that the run printed. */
const PRINT_TIMEOUT_MS = 50_000;

/** The processes of this test file. A failed test does not stop its run, and Jest waits for the process. */
const children = new Set<ChildProcess>();
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** Starts the process, and does not wait until the run is ready. */
export function spawnLocalRun({ settings = {}, args = [], root = ROOT }: LocalRunOptions): ChildProcess {
  const env = { ...process.env, ...NO_THROTTLE, ...settings };
  const child = spawn(process.execPath, [...START, ...args], { cwd: root, env });
  children.add(child);
  return child;
}

/** Starts a local run on free ports, and waits until it is ready. */
export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'local-run-'));
  const file = path.join(folder, 'outputs.json');
  const args = ['--port', '0', '--outputs-file', file, '--verbose', ...(options.args ?? [])];
  const child = spawnLocalRun({ ...options, args });
  let text = '';
  const pendingChecks = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    text += chunk.toString();
    for (const check of pendingChecks) check();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const prints = (pattern: RegExp, from = 0) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const match = pattern.exec(text.slice(from));
        if (!match) return;
        pendingChecks.delete(check);
        resolve(match[0]);
      };
      pendingChecks.add(check);
      setTimeout(() => reject(new Error(`The local run did not print ${pattern}:\n${text}`)), PRINT_TIMEOUT_MS).unref();
      void exited.then((status) => reject(new Error(`The local run ended with ${status} before ${pattern}:\n${text}`)));
      check();
    });
  await prints(/Ready in|"type":"ready"/);
  if (!existsSync(file)) throw new Error('The local run is ready, but did not write its outputs file.');
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as LocalRun['outputs'];
  return {
    pid: child.pid ?? 0,
    outputs,
    outputsFile: file,
    printed: () => text,
    prints,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const status = await exited;
      rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}
