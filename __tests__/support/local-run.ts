/** The local run as a person starts it: a child process, its outputs file, its lines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { scripts } from '../../package.json';

export const ROOT = path.join(__dirname, '../..');

/** Runs TypeScript: `node JITI file.ts`, with the project as working folder. */
export const JITI = 'node_modules/jiti/lib/jiti-cli.mjs';

/** Limits that no test meets by accident. */
const NO_THROTTLE = { THROTTLE_RATE: '10000', THROTTLE_BURST: '5000' };

/** The arguments of Node.js in `npm start`, without the process of npm itself. The working folder may be another project. */
const START = scripts.start
  .replace(/^exec node /, '')
  .split(' ')
  .map((argument) => (argument.startsWith('-') ? argument : path.join(ROOT, argument)));

export interface LocalRunOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The project's folder, where it is a copy. */
  readonly root?: string;
}

export interface LocalRun {
  /** Of the stack `items`. */
  readonly url: string;
  /** Of its process. */
  readonly pid: number;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The file that they are from. */
  readonly outputsFile: string;
  /** All that it printed so far. */
  printed(): string;
  /** Waits until something has been printed, after the first `from` characters. */
  prints(pattern: RegExp, from?: number): Promise<string>;
  /** @returns the exit status */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function spawnLocalRun({ settings = {}, args = [], root = ROOT }: LocalRunOptions): ChildProcess {
  const env = { ...process.env, ...NO_THROTTLE, ...settings };
  return spawn(process.execPath, [...START, ...args], { cwd: root, env });
}

export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'local-run-'));
  const file = path.join(folder, 'outputs.json');
  const args = ['--port', '0', '--outputs-file', file, '--verbose', ...(options.args ?? [])];
  const child = spawnLocalRun({ ...options, args });
  let text = '';
  const waiting = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    text += chunk.toString();
    for (const check of waiting) check();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const prints = (pattern: RegExp, from = 0) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const match = pattern.exec(text.slice(from));
        if (!match) return;
        waiting.delete(check);
        resolve(match[0]);
      };
      waiting.add(check);
      void exited.then((status) => reject(new Error(`The local run ended with ${status} before ${pattern}:\n${text}`)));
      check();
    });
  await prints(/Ready in|"type":"ready"/);
  if (!existsSync(file)) throw new Error('The local run is ready, but has written no outputs file');
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as LocalRun['outputs'];
  return {
    url: outputs['items']?.['url'] as string,
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
