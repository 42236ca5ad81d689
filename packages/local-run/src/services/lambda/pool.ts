/** The instances of one function: an idle one serves the next invocation, and when all are busy more start. */
import { randomUUID } from 'node:crypto';
import type { FunctionDeployment } from '../../model/deployment';
import type { DynamodbCall } from '../../model/dynamodb-call';
import { type DynamodbAccess, UNGUARDED } from './access';
import { Attention } from './attention';
import {
  HandlerError,
  InitTimedOut,
  InvocationError,
  OptionsRefused,
  RuntimeExited,
  Throttled,
  TimedOut,
} from './errors';
import { LOOK_EVERY_MS, MOST_STARTING, room } from './growth';
import { IdleInstances } from './idle';
import { Instance } from './instance';
import { instanceOptions, type Shared } from './instance-options';
import { checkRequest, checkResponse } from './payload-limits';
import { PlatformLog } from './platform-log';
import type { InvocationResult, PoolOptions } from './pool-options';
import type { Times } from './protocol';
import { Threads } from './threads';

/** Lambda gives the initialization of an instance ten seconds; then it starts over, with the function's timeout. */
const INIT_TIMEOUT_MS = 10_000;

/** What an account may run at once unless it asks for more: the most that a function has that reserves nothing. */
const ACCOUNT_CONCURRENCY = 1000;

interface Waiting {
  readonly event: string;
  readonly requestId: string;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: unknown) => void;
}

export class Pool {
  /** All instances, each with the access key by which its calls are known. */
  private readonly all = new Map<Instance, string>();
  private readonly idle = new IdleInstances((instance) => {
    this.access.take(this.all.get(instance) ?? '');
    this.forget(instance);
    void instance.stop();
  });
  private readonly queue: Waiting[] = [];
  /** Those that have another invocation to begin with after the one under way. */
  private readonly followed = new Set<Instance>();
  private readonly access: DynamodbAccess;
  private readonly shared: Shared;
  private readonly log: PlatformLog;
  /** Runs while invocations have no instance, or follow others. */
  private look: NodeJS.Timeout | undefined;
  private starting = 0;
  /** Invocations that have no answer yet; each needs an instance of its own. */
  private underWay = 0;
  private stopped = false;

  constructor(
    private readonly deployment: FunctionDeployment,
    private readonly options: PoolOptions,
  ) {
    this.access = options.access ?? UNGUARDED;
    const { attention = new Attention(), threads = new Threads() } = options;
    this.shared = { attention, threads };
    this.log = new PlatformLog(deployment, options);
  }

  /**
   * Invokes the function synchronously.
   * @param requestId Lambda's, by which the function's log lines are known
   * @throws InvocationError as Lambda reports it; Throttled when as many are under way as the function may have
   */
  async invoke(event: unknown, requestId: string = randomUUID()): Promise<InvocationResult> {
    const json = JSON.stringify(event);
    checkRequest(json);
    const most = this.deployment.reservedConcurrency ?? ACCOUNT_CONCURRENCY;
    if (this.underWay >= most) throw new Throttled(most);
    this.underWay += 1;
    this.shared.attention.begin();
    try {
      const result = await new Promise<InvocationResult>((resolve, reject) => {
        this.queue.push({ event: json, requestId, resolve, reject });
        this.next();
      });
      checkResponse(result.json);
      return result;
    } finally {
      this.underWay -= 1;
      this.shared.attention.end();
    }
  }

  /** Ends all instances at once; invocations under way fail. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.look);
    this.idle.clear();
    await Promise.all([...this.all.keys()].map((instance) => instance.stop()));
    for (const waiting of this.queue.splice(0)) waiting.reject(new RuntimeExited(waiting.requestId, 'stopped'));
  }

  private next(): void {
    if (this.stopped) return;
    const now = performance.now();
    let left = this.queue.length + this.followed.size > 0 ? this.room(now) : 0;
    this.takeBack(now, left);
    for (; left > 0 && this.idle.size > 0; left -= 1) {
      const waiting = this.queue.shift();
      if (!waiting) break;
      const free = this.idle.take();
      if (free) this.serve(free, waiting);
    }
    const wanted = Math.min(this.queue.length, MOST_STARTING) - this.starting;
    for (left = Math.min(left, wanted); left > 0; left -= 1) this.start();
    this.follow(now);
    if (this.queue.length === 0 && this.followed.size === 0) return;
    this.look ??= setTimeout(() => {
      this.look = undefined;
      this.next();
    }, LOOK_EVERY_MS);
  }

  private room(now: number): number {
    let waiting = 0;
    for (const instance of this.all.keys()) if (instance.waits(now)) waiting += 1;
    return room(this.all.size - this.idle.size, waiting, this.options.growth);
  }

  /** Gives those for which no instance will start to busy ones: each begins with its own the moment it has answered. */
  private follow(now: number): void {
    if (this.options.growth === 'requests') return;
    for (const instance of this.all.keys()) {
      if (this.queue.length <= this.starting) return;
      if (!instance.mayBeFollowed(now)) continue;
      const waiting = this.queue.shift();
      if (waiting) this.serve(instance, waiting);
    }
  }

  /** What follows an invocation that takes long, or any where an idle instance has room for it, need not. */
  private takeBack(now: number, room: number): void {
    const free = Math.min(room, this.idle.size);
    for (const instance of this.followed) if (free > this.queue.length || instance.isSlow(now)) instance.takeBack();
  }

  /** @param retried the first attempt took too long: this one has the function's timeout, at the first invocation's cost */
  private start(retried = false): void {
    const { deployment, options } = this;
    const { name: functionName, arn: functionArn, roleArn } = deployment;
    const credentials = this.access.issue({ functionName, functionArn, roleArn });
    const { initTimeoutMs = INIT_TIMEOUT_MS } = options;
    const began = performance.now();
    const timeoutMs = retried ? deployment.timeoutMs : initTimeoutMs;
    let instance: Instance;
    try {
      instance = new Instance(instanceOptions(deployment, options, this.shared, credentials, timeoutMs), () =>
        this.forget(instance),
      );
    } catch (error) {
      // Node.js takes no such options: NODE_OPTIONS of the stack.
      options.onLog((error as Error).message);
      return this.initFailed(new OptionsRefused(), performance.now() - began);
    }
    this.all.set(instance, credentials.accessKeyId);
    this.starting += 1;
    instance.ready.then(
      () => this.started(instance, performance.now() - began),
      (error: unknown) => {
        this.starting -= 1;
        if (error instanceof InitTimedOut && !retried) {
          this.log.initTimeout(initTimeoutMs);
          this.start(true);
        } else this.initFailed(error, performance.now() - began);
        this.next();
      },
    );
  }

  /** The invocation that the instance was started for fails as the initialization did. */
  private initFailed(error: unknown, milliseconds: number): void {
    const waiting = this.queue.shift();
    if (!waiting) return;
    const { requestId, reject } = waiting;
    const failure = error instanceof InitTimedOut ? new TimedOut(requestId, this.deployment.timeoutMs) : error;
    this.log.end(requestId, milliseconds, failure);
    reject(failure);
  }

  private started(instance: Instance, initMs: number): void {
    this.starting -= 1;
    const waiting = this.queue.shift();
    if (waiting) this.serve(instance, waiting, initMs);
    else this.rest(instance);
    this.next();
  }

  /** @param initMs how long the instance took to load its code, at its first invocation */
  private serve(instance: Instance, waiting: Waiting, initMs?: number): void {
    const { event, requestId, resolve, reject } = waiting;
    const accessKeyId = this.all.get(instance) ?? '';
    let began = performance.now();
    const traceId = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`;
    // Calls that an earlier invocation left under way are not this one's.
    if (instance.isBusy) this.followed.add(instance);
    else this.access.take(accessKeyId);
    const onBegin = () => {
      if (!instance.isFollowed) this.followed.delete(instance);
      began = performance.now();
      this.log.start(requestId);
    };
    const onTakenBack = () => {
      if (!instance.isFollowed) this.followed.delete(instance);
      this.queue.unshift(waiting);
    };
    let calls: readonly DynamodbCall[] = [];
    const onEnd = (error: InvocationError | undefined, times: Times | undefined) => {
      // Here: when answers come together, the first one's promise may already lead to the next invocation.
      calls = this.access.take(accessKeyId, times?.ended);
      this.log.end(requestId, times ? times.ended - times.began : performance.now() - began, error, initMs);
    };
    instance.invoke({ event, requestId, traceId }, { onBegin, onEnd, onTakenBack }).then(
      ({ json }) => {
        resolve({ json, cold: initMs !== undefined, requestId, calls });
        this.rest(instance);
        this.next();
      },
      (error: unknown) => {
        if (error instanceof InvocationError) error.calls = calls;
        reject(error);
        // After an error that the handler threw, Lambda goes on with the instance; else it has ended.
        if (error instanceof HandlerError) this.rest(instance);
        this.next();
      },
    );
  }

  private rest(instance: Instance): void {
    if (!this.all.has(instance) || instance.isBusy || instance.isEnding) return;
    // Of answers that came together, the first one's turn finds all of them given.
    if (!this.idle.has(instance)) this.idle.add(instance);
  }

  private forget(instance: Instance): void {
    this.followed.delete(instance);
    this.all.delete(instance);
    this.idle.remove(instance);
  }
}
