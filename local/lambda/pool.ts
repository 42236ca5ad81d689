/** The instances of one function: an idle one serves the next invocation, and when all are busy a new one starts. */
import { randomUUID } from 'node:crypto';
import type { FunctionDeployment } from '../deployment';
import { instanceEnvironment } from './environment';
import { HandlerError, RequestTooLarge, ResponseTooLarge, RuntimeExited } from './errors';
import { Instance } from './instance';

/** Lambda: payloads of a synchronous invocation, in bytes (the quota page says 6 MB; these are the limits in its errors). */
const MOST_REQUEST_BYTES = 6_291_456;
const MOST_RESPONSE_BYTES = 6_291_556;

/** So many threads load their code at once; more would only make each other slower. */
const MOST_STARTING = 8;

/** An instance that had nothing to do for so long is ended; Lambda does the same, after minutes. */
const IDLE_MS = 60_000;

export interface InvocationResult {
  /** The handler's result as JSON text. */
  readonly json: string;
  /** Whether an instance was started for this invocation. */
  readonly cold: boolean;
  /** Lambda's request id. */
  readonly requestId: string;
}

export interface PoolOptions {
  /** Where the archive was unpacked. */
  readonly taskRoot: string;
  readonly dynamodbEndpoint: string;
  readonly onLog: (line: string) => void;
}

interface Waiting {
  readonly event: string;
  readonly requestId: string;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: unknown) => void;
}

export class Pool {
  private readonly all = new Set<Instance>();
  /** Idle instances, the most recently used last: it serves next. */
  private readonly idle: { readonly instance: Instance; readonly timer: NodeJS.Timeout }[] = [];
  private readonly queue: Waiting[] = [];
  private starting = 0;
  private stopped = false;

  constructor(
    private readonly deployment: FunctionDeployment,
    private readonly options: PoolOptions,
  ) {}

  /**
   * Invokes the function synchronously.
   * @throws InvocationError as Lambda reports it
   */
  async invoke(event: unknown): Promise<InvocationResult> {
    const json = JSON.stringify(event);
    const bytes = Buffer.byteLength(json);
    if (bytes > MOST_REQUEST_BYTES) throw new RequestTooLarge(bytes);
    const result = await new Promise<InvocationResult>((resolve, reject) => {
      this.queue.push({ event: json, requestId: randomUUID(), resolve, reject });
      this.next();
    });
    const answered = Buffer.byteLength(result.json);
    if (answered > MOST_RESPONSE_BYTES) throw new ResponseTooLarge(answered);
    return result;
  }

  /** Ends all instances at once; invocations under way fail. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.idle) clearTimeout(timer);
    await Promise.all([...this.all].map((instance) => instance.stop()));
    for (const waiting of this.queue.splice(0)) waiting.reject(new RuntimeExited(waiting.requestId, 'stopped'));
  }

  private next(): void {
    while (this.idle.length > 0) {
      const waiting = this.queue.shift();
      if (!waiting) return;
      const free = this.idle.pop();
      clearTimeout(free?.timer);
      if (free) this.serve(free.instance, waiting, false);
    }
    while (!this.stopped && this.starting < Math.min(this.queue.length, MOST_STARTING)) this.start();
  }

  private start(): void {
    const { deployment, options } = this;
    const instance: Instance = new Instance(
      {
        ...options,
        handler: deployment.handler,
        memoryMb: deployment.memoryMb,
        timeoutMs: deployment.timeoutMs,
        environment: instanceEnvironment(deployment, options.taskRoot, options.dynamodbEndpoint),
      },
      () => this.forget(instance),
    );
    this.all.add(instance);
    this.starting += 1;
    instance.ready.then(
      () => this.started(instance),
      (error: unknown) => {
        this.starting -= 1;
        this.queue.shift()?.reject(error);
        this.next();
      },
    );
  }

  private started(instance: Instance): void {
    this.starting -= 1;
    const waiting = this.queue.shift();
    if (waiting) this.serve(instance, waiting, true);
    else this.rest(instance);
    this.next();
  }

  private serve(instance: Instance, { event, requestId, resolve, reject }: Waiting, cold: boolean): void {
    const traceId = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`;
    instance.invoke({ event, requestId, traceId, invokedFunctionArn: this.deployment.arn }).then(
      (json) => {
        resolve({ json, cold, requestId });
        this.rest(instance);
        this.next();
      },
      (error: unknown) => {
        this.logFailure(requestId, error);
        reject(error);
        // After an error that the handler threw, Lambda goes on with the instance; else it has ended.
        if (error instanceof HandlerError) this.rest(instance);
        this.next();
      },
    );
  }

  /** As Lambda's runtime logs what a handler throws. */
  private logFailure(requestId: string, error: unknown): void {
    if (!(error instanceof HandlerError)) return;
    const { errorType, message, trace } = error;
    const line = { level: 'ERROR', requestId, errorType, errorMessage: message, stackTrace: trace };
    this.options.onLog(JSON.stringify(line));
  }

  private rest(instance: Instance): void {
    if (!this.all.has(instance)) return;
    const timer = setTimeout(() => {
      this.forget(instance);
      void instance.stop();
    }, IDLE_MS).unref();
    this.idle.push({ instance, timer });
  }

  private forget(instance: Instance): void {
    this.all.delete(instance);
    const index = this.idle.findIndex((idle) => idle.instance === instance);
    if (index !== -1) clearTimeout(this.idle.splice(index, 1)[0]?.timer);
  }
}
