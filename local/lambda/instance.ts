/** One instance of a function: a worker thread that serves one invocation at a time, and is discarded when it fails. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { workerSource } from '../worker-source';
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
import { Turn } from './turn';
import type { Failure, InstanceData, InstanceMessage, InvokeMessage, WorkerInput } from './protocol';

const BOOTSTRAP = path.join(__dirname, 'runtime/bootstrap.ts');

export interface InstanceOptions extends InstanceData {
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** How long loading may take. */
  readonly initTimeoutMs: number;
  readonly logFormat: string;
  /** Gets each line that the code writes to stdout or stderr, and the id of the invocation that began last. */
  readonly onLog: (line: string, requestId?: string) => void;
}

export class Instance {
  /** Settles when the handler is loaded; rejects with an InitError or InitTimedOut. */
  readonly ready: Promise<void>;
  private readonly worker: Worker;
  private readonly output: Readonly<Record<'stdout' | 'stderr', Lines>>;
  /** Characters that it wrote and that have not been read: it waits when they are too many. */
  private readonly unread = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private pending: Pending | undefined;
  private following: Coming | undefined;
  private readonly turn = new Turn();
  /** What V8 ended the thread for. */
  private failure: unknown;
  /** What the runtime reported before it ended itself. */
  private crash: RuntimeCrashed | undefined;
  private lastRequestId: string | undefined;
  private ended = false;

  constructor(
    private readonly options: InstanceOptions,
    /** Called once, when the instance can serve no more. */
    private readonly onEnd: () => void,
  ) {
    const { taskRoot, handler, environment, memoryMb } = options;
    this.worker = new Worker(workerSource(BOOTSTRAP), {
      eval: true,
      workerData: { taskRoot, handler, unread: this.unread.buffer, turn: this.turn.shared } satisfies WorkerInput,
      env: { ...environment },
      execArgv: [],
      argv: [],
      // What the code writes comes in messages, and must not go to this process's own output.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    const onLine = (line: string) => options.onLog(line, this.lastRequestId);
    this.output = { stdout: new Lines(onLine), stderr: new Lines(onLine) };
    this.ready = this.initialized();
    this.worker.on('error', (error) => (this.failure = error));
    this.worker.once('exit', (status) => this.exited(status));
  }

  /**
   * Invokes the handler; the instance must be ready. While it is busy, one more may follow.
   * @throws InvocationError
   */
  invoke(message: Omit<InvokeMessage, 'timeoutMs' | 'turn'>, events: InvocationEvents): Promise<Answer> {
    const { requestId } = message;
    const { timeoutMs } = this.options;
    return new Promise((resolve, reject) => {
      const coming = { ...events, requestId, resolve, reject };
      const turn = this.pending && this.turn.give();
      if (turn === undefined) this.begin(coming);
      else this.following = coming;
      const whole: InvokeMessage = { ...message, timeoutMs, ...(turn !== undefined && { turn }) };
      this.worker.postMessage(whole);
    });
  }

  get isBusy(): boolean {
    return this.pending !== undefined;
  }

  /** Whether an invocation may be given to it to begin with after the one under way. */
  mayBeFollowed(now: number): boolean {
    return this.pending !== undefined && !this.following && this.turn.isFree && !this.isSlow(now);
  }

  /** Whether nothing should have to wait for the invocation under way. */
  isSlow(now: number): boolean {
    return this.pending !== undefined && now - this.pending.began >= SLOW_MS;
  }

  /** @returns whether there was an invocation that follows, and had not begun */
  takeBack(): boolean {
    const { following } = this;
    if (!following || !this.turn.takeBack()) return false;
    this.following = undefined;
    following.onTakenBack();
    return true;
  }

  /** Whether the invocation under way waits for something, and does not compute. */
  waits(now: number): boolean {
    const { pending, worker } = this;
    if (!pending) return false;
    return waits(now - pending.began, () => worker.performance.eventLoopUtilization(pending.before).utilization);
  }

  private begin(coming: Coming): void {
    const { requestId, onBegin } = coming;
    this.lastRequestId = requestId;
    const timer = setTimeout(() => this.timedOut(requestId), this.options.timeoutMs);
    const before = this.worker.performance.eventLoopUtilization();
    this.pending = { ...coming, timer, began: performance.now(), before };
    onBegin();
  }

  private timedOut(requestId: string): void {
    // When the one that follows has begun, the answer is on its way.
    if (this.following && !this.takeBack()) return;
    fail(this.settle(), new TimedOut(requestId, this.options.timeoutMs));
    void this.stop();
  }

  /** Ends the thread at once. */
  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private initialized(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new InitTimedOut(this.options.initTimeoutMs));
        void this.stop();
      }, this.options.initTimeoutMs);
      this.worker.on('message', (message: InstanceMessage) => {
        if (message.kind === 'output') return this.wrote(message);
        clearTimeout(timer);
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'init-error') {
          this.log('Uncaught Exception', undefined, message.failure);
          reject(fromFailure(InitError, message.failure));
          void this.stop();
        } else if (message.kind === 'fatal') {
          this.log(message.cause, message.requestId, message.failure);
          this.crash = fromFailure(RuntimeCrashed, message.failure);
        } else this.answered(message);
      });
      this.worker.once('exit', (status) => {
        clearTimeout(timer);
        const { errorType, message, trace } = this.exitError('init', status);
        reject(new InitError(errorType, message, trace));
      });
    });
  }

  private wrote({ stream, text }: Extract<InstanceMessage, { kind: 'output' }>): void {
    this.output[stream].write(text);
    Atomics.sub(this.unread, 0, text.length);
    Atomics.notify(this.unread, 0);
  }

  private answered(message: Extract<InstanceMessage, { kind: 'result' | 'error' }>): void {
    // A callback that is called twice, or late, answers nothing.
    if (this.pending?.requestId !== message.requestId) return;
    const pending = this.settle();
    if (message.kind === 'result') {
      pending?.onEnd();
      pending?.resolve(message);
    } else {
      this.log('Invoke Error', message.requestId, message.failure);
      fail(pending, Object.assign(fromFailure(HandlerError, message.failure), { ended: message.ended }));
    }
    const { following } = this;
    this.following = undefined;
    if (following) this.begin(following);
  }

  private settle(): Pending | undefined {
    const { pending } = this;
    clearTimeout(pending?.timer);
    this.pending = undefined;
    return pending;
  }

  private exited(status: number): void {
    if (this.ended) return;
    this.ended = true;
    this.output.stdout.end();
    this.output.stderr.end();
    const pending = this.settle();
    if (this.crash) this.logExit(pending?.requestId, status);
    if (pending) fail(pending, this.exitError(pending.requestId, status));
    // It may have been ended just when it had begun with the next, before it sent the answer before.
    if (!this.takeBack()) fail(this.following, this.exitError(this.following?.requestId ?? '', status));
    this.onEnd();
  }

  private exitError(requestId: string, status: number): InvocationError {
    if (this.crash) return this.crash;
    const { code } = (this.failure ?? {}) as { code?: string };
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
