/** Starts, pauses and stops server processes. */
import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

export interface Started {
  readonly port: number;
  /** Suspends the process until `resume`. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** The command-line script of jiti, which runs TypeScript. */
const JITI = path.join(ROOT, 'node_modules/jiti/lib/jiti-cli.mjs');

/** Runs a TypeScript file in a new process. @param file path relative to the project's folder */
export function runTypeScript(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdio: StdioOptions = 'pipe',
): ChildProcess {
  return spawn(process.execPath, [JITI, file, ...args], { cwd: ROOT, env, stdio });
}

/** Waits until the process prints `listening on 1234`. */
export async function waitForPort(child: ChildProcess): Promise<Started> {
  const started = startedProcess(child, 0);
  const [, port] = await waitForLine(child, /listening on (\d+)/);
  return { ...started, port: Number(port) };
}

/** Waits until the output matches. Later output is read and dropped, because servers print a line for each request. */
export function waitForLine(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    const streams = [child.stdout, child.stderr];
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (!match) return;
      for (const stream of streams) stream?.off('data', read).resume();
      resolve(match);
    };
    for (const stream of streams) stream?.on('data', read);
    child.once('exit', (status) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${status}:\n${text}`)));
  });
}

/** Wraps a server process. Reads and drops its output, because a process with unread output blocks. */
export function startedProcess(child: ChildProcess, port: number): Started {
  for (const stream of [child.stdout, child.stderr]) stream?.resume();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    port,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(kill);
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
