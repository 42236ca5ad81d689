/** One instance of a function: a worker thread that serves one invocation at a time, and is discarded when it fails. */
import {
  HandlerError,
  InitError,
  InitTimedOut,
  type InvocationError,
  OutOfMemory,
  RuntimeCrashed,
  RuntimeExited,
  TimedOut,
} from './errors';
import { SLOW_MS, waits } from './growth';
import { Lines } from './lines';
import { errorLine } from './log';
import { type Answer, type Coming, fail, type InvocationEvents, type Pending } from './pending';
import type { Failure, Invocation, Stream, Told } from './protocol';
import { InstanceThread, type ThreadOptions } from './thread';

/** So many invocations may lie with a busy instance: what the run has to do for them it then does together, which costs less. */
const MOST_FOLLOWING = 8;

export interface InstanceOptions extends ThreadOptions {
  /** How long loading may take. */
  readonly initTimeoutMs: number;
  readonly logFormat: string;
  /** Gets each line that the code writes to stdout or stderr, and the id of the invocation that began last. */
  readonly onLog: (line: string, requestId?: string) => void;
}

export class Instance {
  /** Settles when the handler is loaded; rejects with an InitError or InitTimedOut. */
  readonly ready: Promise<void>;
  private readonly thread: InstanceThread;
  private readonly output: Readonly<Record<Stream, Lines>>;
  private pending: Pending | undefined;
  private readonly following: Coming[] = [];
  /** What the runtime reported before it ended itself. */
  private crash: RuntimeCrashed | undefined;
  private lastRequestId: string | undefined;
  private initialized: (error?: InitError | InitTimedOut) => void = () => undefined;

  /** @throws Error of Node.js, for NODE_OPTIONS that it refuses */
  constructor(
    private readonly options: InstanceOptions,
    /** Called once, when the instance can serve no more. */
    private readonly onEnd: () => void,
  ) {
    const onLine = (line: string) => options.onLog(line, this.lastRequestId);
    this.output = { stdout: new Lines(onLine), stderr: new Lines(onLine), console: new Lines(onLine) };
    this.thread = new InstanceThread(options, {
      onTold: (told) => this.told(told),
      onExit: (status, failure) => this.exited(status, failure),
    });
    this.ready = this.initializing();
  }

  /**
   * Invokes the handler; the instance must be ready. While it is busy, others may follow.
   * @throws InvocationError
   */
  invoke(invocation: Invocation, events: InvocationEvents): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { onBegin, onEnd, onTakenBack } = events;
      const coming = { invocation, onBegin, onEnd, onTakenBack, resolve, reject };
      if (this.pending) {
        this.following.push(coming);
        this.thread.follow(invocation);
      } else {
        this.begin(coming);
        this.thread.begin(invocation);
      }
    });
  }

  get isBusy(): boolean {
    return this.pending !== undefined;
  }

  /** Whether its runtime has reported that it ends itself. */
  get isEnding(): boolean {
    return this.crash !== undefined;
  }

  get isFollowed(): boolean {
    return this.following.length > 0;
  }

  /** Whether an invocation may be given to it to begin with after the one under way. */
  mayBeFollowed(now: number): boolean {
    const { pending, following, thread } = this;
    return pending !== undefined && following.length < MOST_FOLLOWING && thread.mayBeFollowed && !this.isSlow(now);
  }

  /** Whether nothing should have to wait for the invocation under way. */
  isSlow(now: number): boolean {
    return this.pending !== undefined && now - this.pending.began >= SLOW_MS;
  }

  /** Those that follow, and have not begun. */
  takeBack(): void {
    const { pending, following } = this;
    if (!pending || !this.isFollowed) return;
    const count = this.thread.takeBack();
    // The thread had answered the one before when this one came, and has not seen it yet.
    if (count > following.length) this.thread.follow(pending.invocation);
    for (const one of following.splice(Math.max(0, following.length - count)).reverse()) one.onTakenBack();
  }

  /** Whether the invocation under way waits for something, and does not compute. */
  waits(now: number): boolean {
    const { pending, thread } = this;
    if (!pending) return false;
    return waits(now - pending.began, () => thread.performance.eventLoopUtilization(pending.before).utilization);
  }

  private begin({ invocation, onBegin, onEnd, onTakenBack, resolve, reject }: Coming): void {
    const { requestId } = invocation;
    this.lastRequestId = requestId;
    const timer = setTimeout(() => this.timedOut(requestId), this.options.timeoutMs);
    const before = this.thread.performance.eventLoopUtilization();
    const began = performance.now();
    // Named one by one: V8 takes its slow path for literals that begin with a spread.
    this.pending = { invocation, onBegin, onEnd, onTakenBack, resolve, reject, timer, began, before };
    onBegin();
  }

  private timedOut(requestId: string): void {
    this.thread.listen();
    if (this.pending?.invocation.requestId !== requestId) return;
    this.takeBack();
    // When one that follows has begun, the answer is on its way.
    if (this.isFollowed) return;
    fail(this.settle(), new TimedOut(requestId, this.options.timeoutMs));
    void this.stop();
  }

  /** Ends the thread at once. */
  async stop(): Promise<void> {
    await this.thread.terminate();
  }

  private initializing(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new InitTimedOut(this.options.initTimeoutMs));
        void this.stop();
      }, this.options.initTimeoutMs);
      this.initialized = (error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      };
    });
  }

  private told(told: Told): void {
    if (told.kind === 'output') this.output[told.stream].write(told.text);
    else if (told.kind === 'result' || told.kind === 'error') this.answered(told);
    else if (told.kind === 'fatal') {
      this.log(told.cause, told.requestId, told.failure);
      this.crash = fromFailure(RuntimeCrashed, told.failure);
    } else if (told.kind === 'init-error') {
      this.log('Uncaught Exception', undefined, told.failure);
      this.initialized(fromFailure(InitError, told.failure));
      void this.stop();
    } else this.initialized();
  }

  private answered(message: Extract<Told, { kind: 'result' | 'error' }>): void {
    // A callback that is called twice, or late, answers nothing.
    if (this.pending?.invocation.requestId !== message.requestId) return;
    const pending = this.settle();
    if (message.kind === 'result') {
      pending?.onEnd(undefined, message);
      pending?.resolve(message);
    } else {
      this.log('Invoke Error', message.requestId, message.failure);
      fail(pending, fromFailure(HandlerError, message.failure), message);
    }
    const following = this.following.shift();
    if (following) this.begin(following);
  }

  private settle(): Pending | undefined {
    const { pending } = this;
    clearTimeout(pending?.timer);
    this.pending = undefined;
    return pending;
  }

  private exited(status: number, cause: unknown): void {
    const errorOf = (requestId: string) => this.exitError(requestId, status, cause);
    this.output.stdout.end();
    this.output.stderr.end();
    this.output.console.end();
    const { errorType, message, trace } = errorOf('init');
    this.initialized(new InitError(errorType, message, trace));
    // Before, as what has not begun is no failure.
    this.takeBack();
    const pending = this.settle();
    const requestId = pending?.invocation.requestId;
    if (this.crash) this.logExit(requestId, status);
    fail(pending, errorOf(String(requestId)));
    // It may have been ended just when it had begun with the next, before it sent the answer before.
    for (const one of this.following.splice(0)) fail(one, errorOf(one.invocation.requestId));
    this.onEnd();
  }

  private exitError(requestId: string, status: number, cause: unknown): InvocationError {
    if (this.crash) return this.crash;
    const { code } = (cause ?? {}) as { code?: string };
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new OutOfMemory(requestId, this.options.memoryMb);
    return new RuntimeExited(requestId, status);
  }

  private log(cause: string, requestId: string | undefined, failure: Failure): void {
    this.options.onLog(errorLine(this.options.logFormat, cause, requestId, failure), requestId);
  }

  /** What the sandbox says after what the runtime said. */
  private logExit(requestId: string | undefined, status: number): void {
    const { message, errorType } = new RuntimeExited(String(requestId), status);
    if (this.options.logFormat.toUpperCase() !== 'JSON')
      for (const line of [message, errorType]) this.options.onLog(line, requestId);
  }
}

function fromFailure<E extends InvocationError>(
  Kind: new (errorType: string, message: string, trace: readonly string[]) => E,
  { errorType, errorMessage, trace }: Failure,
): E {
  return new Kind(errorType, errorMessage, trace);
}
