/** Invocations that an instance has, or is to begin with next, and what becomes of them. */
import type { Worker } from 'node:worker_threads';
import type { InvocationError } from './errors';
import type { Invocation, Times } from './protocol';

export interface Answer extends Times {
  /** The handler's result as JSON text. */
  readonly json: string;
}

export interface InvocationEvents {
  /** The handler is called: at once, or after the answer before. */
  readonly onBegin: () => void;
  /** It has been answered, or has failed; before the next one begins. @param times undefined: it has not been answered */
  readonly onEnd: (error: InvocationError | undefined, times: Times | undefined) => void;
  /** It will not be, and nothing is answered: the instance failed before, or the invocation was taken back. */
  readonly onTakenBack: () => void;
}

export interface Coming extends InvocationEvents {
  readonly invocation: Invocation;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: InvocationError) => void;
}

export interface Pending extends Coming {
  readonly timer: NodeJS.Timeout;
  readonly began: number;
  /** What the thread had done before. */
  readonly before: ReturnType<Worker['performance']['eventLoopUtilization']>;
}

export function fail(pending: Coming | undefined, error: InvocationError, times?: Times): void {
  pending?.onEnd(error, times);
  pending?.reject(error);
}
