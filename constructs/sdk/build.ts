/** esbuild with parts of the AWS SDK replaced, synchronously. */
import path from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { BuildOptions, Metafile, OutputFile } from 'esbuild';
import { replacements } from './replacements';

const FOLDER = path.join(__dirname, 'lean');

export interface Output {
  readonly outputFiles: readonly Pick<OutputFile, 'path' | 'contents'>[];
  readonly metafile: Pick<Metafile, 'inputs'>;
}

interface Thread {
  readonly port: MessagePort;
  readonly signal: Int32Array;
}

/** One for all builds of a process; esbuild stays warm in it. */
let thread: Thread | undefined;

/**
 * Builds with the replacements of replacements.ts.
 * @throws Error with esbuild's message, and when a file to be replaced is not the one its entry was written for
 */
export function buildReplacing(options: BuildOptions & { write: false; metafile: true }): Output {
  const { port, signal } = (thread ??= start());
  Atomics.store(signal, 0, 0);
  const entries = replacements.map(({ file, version, sha256, by }) => ({
    file,
    version,
    sha256,
    by: path.join(FOLDER, by),
  }));
  port.postMessage({ options, replacements: entries });
  Atomics.wait(signal, 0, 0);
  const { message } = receiveMessageOnPort(port) as { message: { error: string } | Output };
  if ('error' in message) throw new Error(message.error);
  return message;
}

function start(): Thread {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(path.join(__dirname, 'build-worker.cjs'), {
    workerData: { port: port2, signal },
    transferList: [port2],
    // Not those of this thread, such as a loader for TypeScript.
    execArgv: [],
  });
  // It does not keep the process alive.
  worker.unref();
  port1.unref();
  return { port: port1, signal };
}
