/**
 * The threads of instances. One may be begun ahead, for whichever instance comes first: a third of a cold start is Node.js's
 * own, and knows nothing of the function.
 */
import { type Transferable, Worker } from 'node:worker_threads';
import { workerFile } from '../../package-root';
import type { Given, WorkerInput } from './protocol';

export interface ThreadKind {
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
}

/** A thread that waits until it is told which instance it is. */
interface Blank {
  readonly worker: Worker;
  /** An Int32: 1 once it has been told. */
  readonly given: SharedArrayBuffer;
}

export class Threads {
  private spare: (Blank & { readonly beginning: string }) | undefined;

  /** Begins one ahead, unless there is one for such an instance. It takes a core for 20 ms or so, and is never more than one. */
  prepare(kind: ThreadKind): void {
    const { environment, memoryMb } = kind;
    const beginning = beginningOf(kind);
    // They may load modules (--require), which are to find the whole environment of the instance.
    if (this.spare?.beginning === beginning || environment['NODE_OPTIONS'] !== undefined) return;
    void this.stop();
    const spare = { ...begin({ environment: readByNode(environment), memoryMb }), beginning };
    this.spare = spare;
    const forget = () => {
      if (this.spare === spare) this.spare = undefined;
    };
    // Whoever takes it listens to both as well.
    spare.worker.once('error', forget).once('exit', forget);
  }

  /** @returns the thread of an instance of this kind, which gets the input: the one begun ahead, or one that begins now */
  take(kind: ThreadKind, input: WorkerInput, transfer: readonly Transferable[]): Worker {
    const { spare } = this;
    const isRight = spare?.beginning === beginningOf(kind);
    if (isRight) this.spare = undefined;
    const { worker, given } = isRight ? spare : begin(kind);
    const environment = isRight ? kind.environment : {};
    worker.postMessage({ input, environment } satisfies Given, transfer);
    const flag = new Int32Array(given);
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
    return worker;
  }

  /** Ends the one begun ahead. */
  async stop(): Promise<void> {
    const { spare } = this;
    this.spare = undefined;
    await spare?.worker.terminate();
  }
}

/** What a thread cannot be told later. */
function beginningOf({ environment, memoryMb }: ThreadKind): string {
  return JSON.stringify([memoryMb, Object.entries(readByNode(environment)).sort()]);
}

/**
 * What Node.js itself reads when a thread begins: NODE_PATH, NODE_DEBUG and others; and where there are modules for all
 * (Node.js, "Loading from the global folders").
 */
function readByNode(environment: ThreadKind['environment']): ThreadKind['environment'] {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /^(NODE_.*|HOME|USERPROFILE)$/.test(name)));
}

function begin({ environment, memoryMb }: ThreadKind): Blank {
  const given = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const worker = new Worker(workerFile('lambda-runtime'), {
    workerData: given,
    env: { ...environment },
    execArgv: [],
    argv: [],
    // What the code writes is told, and must not go to this process's own output.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  return { worker, given };
}
