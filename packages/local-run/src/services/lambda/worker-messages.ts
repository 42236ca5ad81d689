/** Messages between the pool of a function and the worker threads of its instances. */
import type { MessagePort } from 'node:worker_threads';

/** `workerData` of an instance's thread. */
export interface WorkerInput {
  /** Folder with the unpacked archive: `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  /** For example `index.handler`. */
  readonly handler: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** Carries invocations to the thread, and the thread's messages back. Leaves `parentPort` to the handler's code. */
  readonly port: MessagePort;
  /** Memory of the instance's OutputLimit. */
  readonly outputLimit: SharedArrayBuffer;
}

/** The message that starts an invocation. */
export interface InvocationMessage {
  readonly requestId: string;
  readonly traceId: string;
  /** The alias or version that the caller named. */
  readonly qualifier?: string | undefined;
  /** The event as JSON text: Lambda's runtime API also delivers text. */
  readonly event: string;
}

/** An error of a handler or module, in the form in which Lambda reports errors. */
export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
  /** The error with all its properties, as JSON text for the function's log. */
  readonly logged: string;
}

/** `console`: lines of the patched console. They do not continue an unfinished line of stdout or stderr. */
export type Stream = 'stdout' | 'stderr' | 'console';

export interface Output {
  readonly kind: 'output';
  readonly stream: Stream;
  readonly text: string;
  /** Request id of the latest invocation. Undefined while the module loads. */
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
      /** The last message of a thread, which then ends. */
      readonly kind: 'fatal';
      readonly cause: 'Uncaught Exception' | 'Unhandled Promise Rejection';
      /** Request id of the current invocation. Undefined between invocations. */
      readonly requestId: string | undefined;
      readonly failure: Failure;
    };
