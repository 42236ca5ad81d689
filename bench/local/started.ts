/** Processes that listen on a port, and are ended at the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

export interface Started {
  readonly port: number;
  /** It has no processor time until it is resumed. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export function tsx(file: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['-r', 'tsx/cjs', file, ...args], { cwd: ROOT, env });
}

/** @returns once it has printed `listening on 1234` */
export async function printsPort(child: ChildProcess): Promise<Started> {
  const started = watched(child, 0);
  const [, port] = await printsLine(child, /listening on (\d+)/);
  return { ...started, port: Number(port) };
}

/** What it prints later is read, and not kept: servers that print a line a request would soon be slowed down by their reader. */
export function printsLine(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
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

/** Reads what it prints, so that it can go on printing, and ends it at the end. */
export function watched(child: ChildProcess, port: number): Started {
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
