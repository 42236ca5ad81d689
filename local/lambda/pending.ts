/** Invocations that an instance has, or is to begin with next, and what becomes of them. */
import type { Worker } from 'node:worker_threads';
import type { InvocationError } from './errors';

export interface Answer {
  /** The handler's result as JSON text. */
  readonly json: string;
  /** When it was there, by the clock that threads share. */
  readonly ended: number;
}

export interface InvocationEvents {
  /** The handler is called: at once, or after the answer before. */
  readonly onBegin: () => void;
  /** It has been answered, or has failed; before the next one begins. */
  readonly onEnd: (error?: InvocationError) => void;
  /** It will not be, and nothing is answered: the instance failed before, or the invocation was taken back. */
  readonly onTakenBack: () => void;
}

export interface Coming extends InvocationEvents {
  readonly requestId: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: InvocationError) => void;
}

export interface Pending extends Coming {
  readonly timer: NodeJS.Timeout;
  readonly began: number;
  /** What the thread had done before. */
  readonly before: ReturnType<Worker['performance']['eventLoopUtilization']>;
}

export function fail(pending: Coming | undefined, error: InvocationError): void {
  pending?.onEnd(error);
  pending?.reject(error);
}
