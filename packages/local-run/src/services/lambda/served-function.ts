/** A deployed function with its pool of instances. A reload replaces the function; its pending invocations continue. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { FunctionDeployment } from '../../model/deployment';
import type { Invocation } from '../../model/invocation';
import { Pool } from './pool';
import type { InvocationResult, PoolOptions } from './pool-options';
import { SourcePositions } from './source-maps';

export interface StartedInvocation {
  readonly invocation: Invocation;
  /** Rejects with an InvocationError. */
  readonly finished: Promise<InvocationResult>;
}

export class ServedFunction {
  private readonly pool: Pool;
  private readonly pending = new Set<Promise<void>>();

  constructor(
    readonly deployment: FunctionDeployment,
    options: PoolOptions,
  ) {
    const positions = new SourcePositions(options.taskRoot);
    this.pool = new Pool(deployment, {
      ...options,
      onLog: (line, requestId) => options.onLog(positions.replace(line), requestId),
    });
  }

  /** Whether a deployment has the same code and configuration. Ignores the path of the archive. */
  isSame(other: FunctionDeployment): boolean {
    return isDeepStrictEqual({ ...this.deployment, archive: '' }, { ...other, archive: '' });
  }

  /**
   * Starts an invocation.
   * @param traceId in the form `Root=1-...`
   * @param qualifier the alias or version that the caller names
   */
  invoke(event: unknown, traceId: string, qualifier?: string): StartedInvocation {
    const requestId = randomUUID();
    const invocation: Invocation = { functionName: this.deployment.name, requestId, event, result: undefined };
    const finished = this.pool.invoke(event, { requestId, traceId, qualifier });
    const recorded = finished.then(
      ({ json }) => void (invocation.result = json),
      () => undefined,
    );
    this.track(recorded);
    return { invocation, finished };
  }

  /** Does work that may invoke the function later: `retire` waits for the end of the work. */
  reserveFor<T>(work: () => Promise<T>): Promise<T> {
    const working = work();
    this.track(
      working.then(
        () => undefined,
        () => undefined,
      ),
    );
    return working;
  }

  /** Ends the instances when all pending invocations and reservations have ended. */
  async retire(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
    await this.pool.stop();
  }

  /** Ends the instances immediately. Pending invocations fail. */
  async stop(): Promise<void> {
    await this.pool.stop();
  }

  private track(settled: Promise<void>): void {
    this.pending.add(settled);
    void settled.then(() => this.pending.delete(settled));
  }
}
