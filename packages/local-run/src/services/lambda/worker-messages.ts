/** Messages between the pool of a function and the worker threads of its instances. */
import type { MessagePort } from 'node:worker_threads';

/** `workerData` of an instance's thread. */
export interface WorkerInput {
  /** Folder with the unpacked archive: `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  /** For example `index.handler`. */
  readonly handler: string;
  readonly invokedFunctionArn: string;
  readonly timeoutMs: number;
  /** Carries invocations to the thread and its messages back. `parentPort` is left to the handler's code. */
  readonly port: MessagePort;
  /** Memory of the instance's OutputLimit. */
  readonly outputLimit: SharedArrayBuffer;
}

export interface Invocation {
  readonly requestId: string;
  readonly traceId: string;
  /** The event as JSON text, as Lambda's runtime API delivers it. */
  readonly event: string;
}

/** An error of a handler or module, as Lambda reports it. */
export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
  /** The error for the function's log, as JSON, with all its properties. */
  readonly logged: string;
}

/** `console`: lines of the patched console, which do not continue an unfinished line of stdout or stderr. */
export type Stream = 'stdout' | 'stderr' | 'console';

export interface Output {
  readonly kind: 'output';
  readonly stream: Stream;
  readonly text: string;
  /** The invocation that began last; undefined while the module loads. */
  readonly requestId: string | undefined;
}

/** The answer to an invocation. */
export type Answer =
  | {
      readonly kind: 'result';
      readonly requestId: string;
      /** The handler's result as JSON text. */
      readonly json: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'error'; readonly requestId: string; readonly failure: Failure; readonly durationMs: number };

/** A message from an instance's thread to the pool. */
export type WorkerMessage =
  | Output
  | Answer
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error'; readonly failure: Failure }
  | {
      /** The last message of a thread: the thread then ends. */
      readonly kind: 'fatal';
      readonly cause: 'Uncaught Exception' | 'Unhandled Promise Rejection';
      /** The current invocation; undefined between invocations. */
      readonly requestId: string | undefined;
      readonly failure: Failure;
    };
