/** An instance of a function: a worker thread that serves one invocation at a time. It ends when it crashes or times out. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { FunctionDeployment } from '../../model/deployment';
import { workerFile } from '../../package-root';
import { afterBreakpoints, isInspected } from '../inspected';
import { receivePending } from '../receive-pending';
import {
  HandlerError,
  InitError,
  InitTimeoutError,
  type InvocationError,
  OutOfMemoryError,
  RuntimeCrashError,
  RuntimeExitError,
  TimeoutError,
} from './errors';
import { LineSplitter } from './line-splitter';
import { ignoredOptionsLine, startWithThreadOptions } from './node-options';
import { OutputLimit } from './output-limit';
import { errorLine } from './platform-log';
import { isWaiting } from './scaling';
import type { Answer, Failure, InvocationMessage, Output, Stream, WorkerInput, WorkerMessage } from './worker-messages';

export interface InstanceOptions {
  readonly deployment: FunctionDeployment;
  /** Folder with the unpacked archive. */
  readonly taskRoot: string;
  readonly environment: Readonly<Record<string, string>>;
  /** How long the module may take to load. */
  readonly initTimeoutMs: number;
  /** Called with each line of the function's log and the request id of the invocation that wrote it. */
  readonly onLog: (line: string, requestId?: string) => void;
}

/** How an invocation ended: with the handler's result as JSON text, or with an error. */
export type InvocationOutcome = { readonly durationMs: number } & (
  { readonly json: string; readonly error?: undefined } | { readonly json?: undefined; readonly error: InvocationError }
);

interface PendingInvocation {
  readonly requestId: string;
  /** Undefined: the invocation has no timeout, because a debugger may pause it. */
  readonly timer: NodeJS.Timeout | undefined;
  readonly startedAt: number;
  /** Use of the thread's event loop up to the start of the invocation. */
  readonly utilizationAtStart: ReturnType<Worker['performance']['eventLoopUtilization']>;
  readonly settle: (outcome: InvocationOutcome) => void;
}

export class Instance {
  /** Resolves when the handler is loaded. Rejects with InitError or InitTimeoutError. */
  readonly ready: Promise<void>;
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly outputLimit = new OutputLimit();
  private readonly lines: Readonly<Record<Stream, LineSplitter>>;
  private pending: PendingInvocation | undefined;
  /** The error that the runtime reported before its thread ended. */
  private crash: RuntimeCrashError | undefined;
  private workerError: NodeJS.ErrnoException | undefined;
  private endInit: (error?: InitError | InitTimeoutError) => void = () => undefined;

  /**
   * @param onEnd called when the instance can serve no more invocations; may be called twice
   * @throws Error when Node.js rejects the function's NODE_OPTIONS
   */
  constructor(
    private readonly options: InstanceOptions,
    private readonly onEnd: () => void,
  ) {
    const { onLog } = options;
    this.lines = { stdout: new LineSplitter(onLog), stderr: new LineSplitter(onLog), console: new LineSplitter(onLog) };
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker = startWorker(options, port2, this.outputLimit.shared);
    this.port.on('message', (message: WorkerMessage | null) => this.handleMessage(message));
    this.worker.on('error', (error) => (this.workerError = error));
    this.worker.once('exit', (status) => this.handleExit(status));
    this.ready = this.initialize();
  }

  /** Invokes the handler. The instance must be ready and must not have a pending invocation. */
  invoke(invocation: InvocationMessage): Promise<InvocationOutcome> {
    return new Promise((settle) => {
      const { requestId } = invocation;
      this.pending = {
        requestId,
        timer: this.startTimer(requestId),
        startedAt: performance.now(),
        utilizationAtStart: this.worker.performance.eventLoopUtilization(),
        settle,
      };
      this.port.postMessage(invocation);
    });
  }

  /** Whether the current invocation waits, for example for DynamoDB, and leaves its core idle. */
  isWaiting(now: number): boolean {
    const { pending, worker } = this;
    if (!pending) return false;
    const { startedAt, utilizationAtStart } = pending;
    const utilization = () => worker.performance.eventLoopUtilization(utilizationAtStart).utilization;
    return isWaiting(now - startedAt, utilization);
  }

  private startTimer(requestId: string): NodeJS.Timeout | undefined {
    if (isInspected()) return undefined;
    // If this thread was busy, the answer may be unread when the timer fires. Node.js delivers it before the immediate.
    return setTimeout(() => setImmediate(() => this.handleTimeout(requestId)), this.options.deployment.timeoutMs);
  }

  /** Ends the thread immediately. Its pending invocation fails. */
  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private initialize(): Promise<void> {
    const { initTimeoutMs } = this.options;
    return new Promise((resolve, reject) => {
      const endInit = () => {
        reject(new InitTimeoutError(initTimeoutMs));
        void this.stop();
      };
      const timer = isInspected() ? undefined : setTimeout(endInit, initTimeoutMs);
      this.endInit = (error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      };
    });
  }

  /** Ignores messages of unknown kinds: the function's code may have found the port. */
  private handleMessage(message: WorkerMessage | null): void {
    switch (message?.kind) {
      case 'output':
        return this.handleOutput(message);
      case 'result':
      case 'error':
        return this.handleAnswer(message);
      case 'ready':
        return afterBreakpoints(() => this.endInit());
      case 'init-error':
        this.logError('Uncaught Exception', undefined, message.failure);
        this.endInit(fromFailure(InitError, message.failure));
        void this.stop();
        return;
      case 'fatal':
        this.logError(message.cause, message.requestId, message.failure);
        this.crash = fromFailure(RuntimeCrashError, message.failure);
        this.onEnd();
    }
  }

  private handleOutput({ stream, text, requestId }: Output): void {
    this.outputLimit.countReceived(text.length);
    this.lines[stream].write(text, requestId);
  }

  private handleAnswer(answer: Answer): void {
    const { requestId, durationMs } = answer;
    if (this.pending?.requestId !== requestId) return;
    if (answer.kind === 'result') return this.settle({ json: answer.json, durationMs });
    this.logError('Invoke Error', requestId, answer.failure);
    this.settle({ error: fromFailure(HandlerError, answer.failure), durationMs });
  }

  private settle(outcome: InvocationOutcome): void {
    const { pending } = this;
    clearTimeout(pending?.timer);
    this.pending = undefined;
    pending?.settle(outcome);
  }

  private fail(error: InvocationError): void {
    if (this.pending) this.settle({ error, durationMs: performance.now() - this.pending.startedAt });
  }

  private handleTimeout(requestId: string): void {
    if (this.pending?.requestId !== requestId) return;
    this.fail(new TimeoutError(requestId, this.options.deployment.timeoutMs));
    void this.stop();
  }

  private handleExit(status: number): void {
    // The thread may have sent messages immediately before its exit.
    for (const message of receivePending(this.port)) this.handleMessage(message as WorkerMessage | null);
    for (const lines of Object.values(this.lines)) lines.end();
    const { errorType, message, trace } = this.exitError('init', status);
    this.endInit(new InitError(errorType, message, trace));
    const requestId = this.pending?.requestId;
    if (this.crash) this.logExit(requestId, status);
    this.onEnd();
    this.fail(this.exitError(String(requestId), status));
  }

  private exitError(requestId: string, status: number): InvocationError {
    if (this.crash) return this.crash;
    if (this.workerError?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return new OutOfMemoryError(requestId, this.options.deployment.memoryMb);
    }
    return new RuntimeExitError(requestId, status);
  }

  private logError(cause: string, requestId: string | undefined, failure: Failure): void {
    this.options.onLog(errorLine(this.options.deployment.logFormat, cause, requestId, failure), requestId);
  }

  /** Logs the exit of the runtime after a crash. Lambda logs it in the text format only. */
  private logExit(requestId: string | undefined, status: number): void {
    if (this.options.deployment.logFormat.toUpperCase() === 'JSON') return;
    const { message, errorType } = new RuntimeExitError(String(requestId), status);
    for (const line of [message, errorType]) this.options.onLog(line, requestId);
  }
}

function startWorker(options: InstanceOptions, port: MessagePort, outputLimit: SharedArrayBuffer): Worker {
  const { deployment, taskRoot, environment, onLog } = options;
  const { handler, arn: functionArn, timeoutMs, memoryMb } = deployment;
  const input: WorkerInput = { taskRoot, handler, functionArn, timeoutMs, port, outputLimit };
  const start = (nodeOptions: string | undefined) =>
    new Worker(workerFile('lambda-runtime'), {
      workerData: input,
      transferList: [port],
      env: { ...environment, ...(nodeOptions !== undefined && { NODE_OPTIONS: nodeOptions }) },
      execArgv: [],
      argv: [],
      // The runtime sends output as messages. These options keep all other output away from this process's stdout and stderr.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
  return startWithThreadOptions(environment['NODE_OPTIONS'], start, (ignored) => onLog(ignoredOptionsLine(ignored)));
}

function fromFailure<E extends InvocationError>(
  ErrorClass: new (errorType: string, message: string, trace: readonly string[]) => E,
  { errorType, errorMessage, trace }: Failure,
): E {
  return new ErrorClass(errorType, errorMessage, trace);
}
