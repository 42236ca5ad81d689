/** esbuild with parts of the AWS SDK replaced, or building on what it parsed before: asynchronous, made synchronous. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as threads from 'node:worker_threads';
import type { BuildOptions, Metafile, OutputFile } from 'esbuild';
import { stateOf } from '../../cache/store.cjs';
import { replacements } from '../../packages/lean-dynamodb/src/replacements';

const FOLDER = path.join(__dirname, '../../packages/lean-dynamodb/src/client');
const WORKER = path.join(__dirname, 'build-worker.cjs');

const load = createRequire(__filename);

/** Where every bundle is there already, none is built, and no thread needed. */
const lazily = { threads: () => load('node:worker_threads') as typeof threads };

/** Plain data. */
export interface Build {
  readonly options: BuildOptions & { readonly write: false; readonly metafile: true };
  /** Whether replacements.ts applies. */
  readonly replacing: boolean;
}

export interface Output {
  readonly outputFiles: readonly Pick<OutputFile, 'path' | 'contents'>[];
  readonly metafile: Pick<Metafile, 'inputs'>;
}

interface Thread {
  readonly worker: threads.Worker;
  readonly port: threads.MessagePort;
  readonly signal: Int32Array;
  /** What tells whether its code has changed since. */
  readonly state: string;
}

/** One for all builds of a process, where esbuild stays warm. It outlives the modules, which a watched app loads anew. */
const SHARED = Symbol.for('serverless-crud.build-thread');

/**
 * Builds with the replacements of replacements.ts.
 * @throws Error with esbuild's message, and when a file to be replaced is not the one its entry was written for
 */
export function buildReplacing(options: Build['options']): Output {
  const [output] = ask([{ options, replacing: true }], false);
  if (!output) throw new Error('esbuild made nothing');
  return output;
}

/**
 * Builds side by side; a build that was asked for before takes from then what has not changed.
 * @throws Error as buildReplacing does, with esbuild's `errors`
 */
export function buildKept(builds: readonly Build[]): Output[] {
  return ask(builds, true);
}

/** Builds for later calls of `buildKept`, and does not wait for it. */
export function prepare(builds: readonly Build[]): void {
  post(builds, true, false);
}

type Answer = { readonly error: string; readonly errors: readonly unknown[] } | { readonly outputs: Output[] };

function ask(builds: readonly Build[], kept: boolean): Output[] {
  const { port, signal } = post(builds, kept, true);
  Atomics.wait(signal, 0, 0);
  const { message } = lazily.threads().receiveMessageOnPort(port) as { message: Answer };
  if ('error' in message) throw Object.assign(new Error(message.error), { errors: message.errors });
  return message.outputs;
}

function post(builds: readonly Build[], kept: boolean, answered: boolean): Thread {
  const shared = globalThis as { [SHARED]?: Thread | undefined };
  const thread = current(shared[SHARED]);
  shared[SHARED] = thread;
  if (answered) Atomics.store(thread.signal, 0, 0);
  const entries = replacements.map(({ file, version, sha256, by }) => ({
    file,
    version,
    sha256,
    by: path.join(FOLDER, by),
  }));
  const asked = builds.map(({ options, replacing }) => ({ options, replacements: replacing ? entries : [] }));
  thread.port.postMessage({ builds: asked, kept, answered });
  return thread;
}

/** @returns the thread that there is, unless its code was saved since; while it is being saved, it may not be there */
function current(thread: Thread | undefined): Thread {
  const state = stateOf(WORKER);
  if (thread && [thread.state, 'absent'].includes(state)) return thread;
  void thread?.worker.terminate();
  return start(state);
}

function start(state: string): Thread {
  const { MessageChannel, Worker } = lazily.threads();
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(WORKER, {
    workerData: { port: port2, signal },
    transferList: [port2],
    // Not those of this thread, such as a loader for TypeScript.
    execArgv: [],
  });
  // It does not keep the process alive.
  worker.unref();
  port1.unref();
  return { worker, port: port1, signal, state };
}
