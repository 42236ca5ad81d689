/** Runs the instances of one function. An idle instance serves the next invocation. When all instances are busy, more start. */
import { randomUUID } from 'node:crypto';
import type { FunctionDeployment } from '../../model/deployment';
import type { InvocationContext } from '../../model/invocation';
import { type DynamodbAccess, UNGUARDED } from './access';
import { instanceEnvironment } from './environment';
import {
  HandlerError,
  InitTimeoutError,
  NodeOptionsError,
  RuntimeExitError,
  ThrottledError,
  TimeoutError,
} from './errors';
import { IdleInstances } from './idle-instances';
import { Instance } from './instance';
import { checkRequest, checkResponse } from './payload-limits';
import { PlatformLog } from './platform-log';
import type { InvocationResult, PoolOptions } from './pool-options';
import { CHECK_INTERVAL_MS, MAX_STARTING, remainingCapacity } from './scaling';

/** Lambda stops an initialization after ten seconds, and repeats it with the function's timeout. */
const INIT_TIMEOUT_MS = 10_000;

/** The default concurrency quota of an AWS account: the maximum for a function without reserved concurrency. */
const ACCOUNT_CONCURRENCY = 1000;

interface QueuedInvocation {
  readonly event: string;
  readonly requestId: string;
  readonly traceId: string;
  readonly qualifier: string | undefined;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: unknown) => void;
}

export class Pool {
  /** All instances with their access key ids, which identify their calls to DynamoDB. */
  private readonly instances = new Map<Instance, string>();
  private readonly idle = new IdleInstances((instance) => {
    this.access.takeCalls(this.instances.get(instance) ?? '');
    this.forget(instance);
    void instance.stop();
  });
  private readonly queue: QueuedInvocation[] = [];
  private readonly access: DynamodbAccess;
  private readonly log: PlatformLog;
  /** Repeats `serveQueue` while invocations are queued. */
  private queueTimer: NodeJS.Timeout | undefined;
  private starting = 0;
  /** The number of queued and running invocations. */
  private concurrency = 0;
  private stopped = false;

  constructor(
    private readonly deployment: FunctionDeployment,
    private readonly options: PoolOptions,
  ) {
    this.access = options.access ?? UNGUARDED;
    this.log = new PlatformLog(deployment, options);
  }

  /**
   * Invokes the function synchronously.
   * @throws InvocationError when the invocation fails; ThrottledError when the function has reached its maximum concurrency
   */
  async invoke(
    event: unknown,
    { requestId = randomUUID(), traceId = deriveTraceId(requestId), qualifier }: Partial<InvocationContext> = {},
  ): Promise<InvocationResult> {
    const json = JSON.stringify(event);
    checkRequest(json);
    const limit = this.deployment.reservedConcurrency ?? ACCOUNT_CONCURRENCY;
    if (this.concurrency >= limit) throw new ThrottledError(limit);
    this.concurrency += 1;
    try {
      const result = await new Promise<InvocationResult>((resolve, reject) => {
        this.queue.push({ event: json, requestId, traceId, qualifier, resolve, reject });
        this.serveQueue();
      });
      checkResponse(result.json);
      return result;
    } finally {
      this.concurrency -= 1;
    }
  }

  /** Ends all instances immediately. Pending invocations fail. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.queueTimer);
    this.idle.clear();
    await Promise.all([...this.instances.keys()].map((instance) => instance.stop()));
    for (const { requestId, reject } of this.queue.splice(0)) reject(new RuntimeExitError(requestId, 'stopped'));
  }

  /** Gives queued invocations to idle instances, and starts more instances if the scaling mode allows it. */
  private serveQueue(): void {
    if (this.stopped || this.queue.length === 0) return;
    let free = this.measureCapacity();
    for (; free > 0 && this.idle.size > 0; free -= 1) {
      const next = this.queue.shift();
      if (!next) return;
      const instance = this.idle.take();
      if (instance) this.serve(instance, next);
    }
    const startable = Math.min(this.queue.length, MAX_STARTING) - this.starting;
    for (let count = Math.min(free, startable); count > 0; count -= 1) this.start();
    if (this.queue.length === 0) return;
    this.queueTimer ??= setTimeout(() => {
      this.queueTimer = undefined;
      this.serveQueue();
    }, CHECK_INTERVAL_MS);
  }

  private measureCapacity(): number {
    const now = performance.now();
    let waiting = 0;
    for (const instance of this.instances.keys()) if (instance.isWaiting(now)) waiting += 1;
    return remainingCapacity(this.instances.size - this.idle.size, waiting, this.options.scaling);
  }

  /** Starts an instance. @param retry true after an initialization timeout: the module may then take the function's timeout */
  private start(retry = false): void {
    const { deployment, options } = this;
    const { name: functionName, arn: functionArn, roleArn } = deployment;
    const { taskRoot, dynamodbEndpoint, awsEndpoint, onLog } = options;
    const credentials = this.access.issueCredentials({ functionName, functionArn, roleArn });
    const environment = instanceEnvironment(deployment, taskRoot, dynamodbEndpoint, credentials, awsEndpoint);
    const initTimeoutMs = retry ? deployment.timeoutMs : (options.initTimeoutMs ?? INIT_TIMEOUT_MS);
    const startedAt = performance.now();
    let instance: Instance;
    try {
      instance = new Instance({ deployment, taskRoot, environment, initTimeoutMs, onLog }, () => this.forget(instance));
    } catch (error) {
      onLog((error as Error).message);
      return this.failInvocation(new NodeOptionsError(), performance.now() - startedAt);
    }
    this.instances.set(instance, credentials.accessKeyId);
    this.starting += 1;
    instance.ready.then(
      () => this.handleReady(instance, performance.now() - startedAt),
      (error: unknown) => {
        this.starting -= 1;
        if (error instanceof InitTimeoutError && !retry) {
          this.log.initTimeout(initTimeoutMs);
          this.start(true);
        } else this.failInvocation(error, performance.now() - startedAt);
        this.serveQueue();
      },
    );
  }

  /** Fails the next queued invocation, because an initialization failed. */
  private failInvocation(error: unknown, durationMs: number): void {
    const next = this.queue.shift();
    if (!next) return;
    const { requestId, reject } = next;
    const failure = error instanceof InitTimeoutError ? new TimeoutError(requestId, this.deployment.timeoutMs) : error;
    this.log.end(requestId, durationMs, failure);
    reject(failure);
  }

  private handleReady(instance: Instance, initMs: number): void {
    this.starting -= 1;
    const next = this.queue.shift();
    if (next) this.serve(instance, next, initMs);
    else this.release(instance);
    this.serveQueue();
  }

  /** @param initMs how long the instance took to load its code. Set for a cold start only. */
  private serve(
    instance: Instance,
    { event, requestId, traceId, qualifier, resolve, reject }: QueuedInvocation,
    initMs?: number,
  ): void {
    const accessKeyId = this.instances.get(instance) ?? '';
    // Drops calls that an earlier invocation did not await. They belong to no invocation.
    this.access.takeCalls(accessKeyId);
    this.log.start(requestId);
    void instance.invoke({ event, requestId, traceId, qualifier }).then(({ json, error, durationMs }) => {
      const calls = this.access.takeCalls(accessKeyId);
      this.log.end(requestId, durationMs, error, initMs);
      if (error) {
        error.calls = calls;
        reject(error);
      } else resolve({ json, cold: initMs !== undefined, requestId, calls });
      // After a HandlerError, Lambda keeps the instance. After any other error, the instance has ended.
      if (!error || error instanceof HandlerError) this.release(instance);
      this.serveQueue();
    });
  }

  private release(instance: Instance): void {
    if (this.instances.has(instance)) this.idle.add(instance);
  }

  private forget(instance: Instance): void {
    this.instances.delete(instance);
    this.idle.remove(instance);
  }
}

/** Derives a trace id from the request id, for an invocation without a trace id. */
function deriveTraceId(requestId: string): string {
  return `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`;
}
