/** The instances of one function: an idle one serves the next invocation, and when all are busy a new one starts. */
import { randomUUID } from 'node:crypto';
import type { FunctionDeployment } from '../deployment';
import type { GuardedDynamodb } from '../dynamodb';
import type { DynamodbCall } from '../guard/call';
import { issue } from '../guard/session';
import { instanceEnvironment } from './environment';
import { HandlerError, InvocationError, RequestTooLarge, ResponseTooLarge, RuntimeExited } from './errors';
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
  /** The calls to DynamoDB that it made. */
  readonly calls: readonly DynamodbCall[];
}

export interface PoolOptions {
  /** Where the archive was unpacked. */
  readonly taskRoot: string;
  readonly dynamodbEndpoint: string;
  /** Gives instances their credentials, and knows the calls made by them. @default for a DynamoDB without a guard */
  readonly access?: DynamodbAccess;
  readonly onLog: (line: string) => void;
}

export type DynamodbAccess = Pick<GuardedDynamodb, 'issue' | 'take'>;

/** Credentials that nobody checks. */
const UNGUARDED: DynamodbAccess = { issue: (caller) => issue('', caller), take: () => [] };

interface Waiting {
  readonly event: string;
  readonly requestId: string;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: unknown) => void;
}

export class Pool {
  /** All instances, each with the access key by which its calls are known. */
  private readonly all = new Map<Instance, string>();
  /** Idle instances, the most recently used last: it serves next. */
  private readonly idle: { readonly instance: Instance; readonly timer: NodeJS.Timeout }[] = [];
  private readonly queue: Waiting[] = [];
  private readonly access: DynamodbAccess;
  private starting = 0;
  private stopped = false;

  constructor(
    private readonly deployment: FunctionDeployment,
    private readonly options: PoolOptions,
  ) {
    this.access = options.access ?? UNGUARDED;
  }

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
    await Promise.all([...this.all.keys()].map((instance) => instance.stop()));
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
    const { name: functionName, arn: functionArn, roleArn } = deployment;
    const credentials = this.access.issue({ functionName, functionArn, roleArn });
    const instance: Instance = new Instance(
      {
        ...options,
        handler: deployment.handler,
        memoryMb: deployment.memoryMb,
        timeoutMs: deployment.timeoutMs,
        environment: instanceEnvironment(deployment, options.taskRoot, options.dynamodbEndpoint, credentials),
      },
      () => this.forget(instance),
    );
    this.all.set(instance, credentials.accessKeyId);
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
    const accessKeyId = this.all.get(instance) ?? '';
    // Calls that an earlier invocation left under way are not this one's.
    this.access.take(accessKeyId);
    instance.invoke({ event, requestId, traceId, invokedFunctionArn: this.deployment.arn }).then(
      (json) => {
        resolve({ json, cold, requestId, calls: this.access.take(accessKeyId) });
        this.rest(instance);
        this.next();
      },
      (error: unknown) => {
        this.logFailure(requestId, error);
        if (error instanceof InvocationError) error.calls = this.access.take(accessKeyId);
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
