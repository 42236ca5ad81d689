/** A function that serves: its pool of instances, and what is under way, so that it can be exchanged for a changed one. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { FunctionDeployment } from '../../model/deployment';
import { Pool } from './pool';
import type { InvocationResult, PoolOptions } from './pool-options';
import type { Invocation, Traces } from '../../engine/trace';

export class ServedFunction {
  private readonly pool: Pool;
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    readonly deployment: FunctionDeployment,
    options: PoolOptions,
    private readonly traces: Traces,
  ) {
    this.pool = new Pool(deployment, options);
  }

  /** Whether it would do as this one does; where the archive lies makes no difference. */
  is(other: FunctionDeployment): boolean {
    const { archiveHash } = other;
    return (
      archiveHash !== undefined && isDeepStrictEqual({ ...this.deployment, archive: '' }, { ...other, archive: '' })
    );
  }

  /** @throws InvocationError as Lambda reports it */
  async invoke(event: unknown): Promise<InvocationResult> {
    const invocation: Invocation = {
      functionName: this.deployment.name,
      requestId: randomUUID(),
      event,
      result: undefined,
    };
    this.traces.invoked(event, invocation);
    const answering = this.pool.invoke(event, invocation.requestId);
    this.underWay.add(answering);
    try {
      const result = await answering;
      invocation.result = result.json;
      return result;
    } finally {
      this.underWay.delete(answering);
    }
  }

  /** Ends its instances once they have answered all that is under way. */
  async retire(): Promise<void> {
    await Promise.allSettled(this.underWay);
    await this.pool.stop();
  }

  /** Ends its instances at once. */
  async stop(): Promise<void> {
    await this.pool.stop();
  }
}
