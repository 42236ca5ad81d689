/** The messages between an instance (a worker thread) and its pool. */

export interface InstanceData {
  /** Where the archive was unpacked: LAMBDA_TASK_ROOT. */
  readonly taskRoot: string;
  /** `index.handler`. */
  readonly handler: string;
}

/** What an instance's thread is given. */
export interface WorkerInput extends InstanceData {
  /** An Int32: characters of output that were sent and not yet read. */
  readonly unread: SharedArrayBuffer;
  /** Of its Turn. */
  readonly turn: SharedArrayBuffer;
}

/** So many characters of output an instance may be ahead of its pool; then it waits, as at a pipe that is full. */
export const MOST_UNREAD = 256 * 1024;

export interface InvokeMessage {
  /** The event as JSON text, as it comes over Lambda's runtime API. */
  readonly event: string;
  readonly requestId: string;
  readonly traceId: string;
  readonly invokedFunctionArn: string;
  readonly timeoutMs: number;
  /** By which the instance asks whether it may begin, where it was busy when this came. */
  readonly turn?: number;
}

/** What a handler or a module threw, as Lambda reports it. */
export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** `ended`: when the handler had answered, by the clock that threads share. */
export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error'; readonly failure: Failure }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'result'; readonly requestId: string; readonly ended: number; readonly json: string }
  | { readonly kind: 'error'; readonly requestId: string; readonly ended: number; readonly failure: Failure }
  | {
      /** The instance ends itself after this. */
      readonly kind: 'fatal';
      readonly cause: 'Uncaught Exception' | 'Unhandled Promise Rejection';
      /** Of the invocation under way; undefined between invocations. */
      readonly requestId: string | undefined;
      readonly failure: Failure;
    };
