/** What an instance is given: of its function, and of the pool that it belongs to. */
import type { FunctionDeployment } from '../../model/deployment';
import type { Credentials } from '../dynamodb/guard/session';
import type { Attention } from './attention';
import { instanceEnvironment } from './environment';
import type { InstanceOptions } from './instance';
import type { PoolOptions } from './pool-options';
import type { Threads } from './threads';

/** What the instances of a pool share. */
export interface Shared {
  readonly attention: Attention;
  readonly threads: Pick<Threads, 'take'>;
}

/**
 * @param credentials of the role, for this instance
 * @param initTimeoutMs how long loading may take
 */
export function instanceOptions(
  deployment: FunctionDeployment,
  options: PoolOptions,
  { attention, threads }: Shared,
  credentials: Credentials,
  initTimeoutMs: number,
): InstanceOptions {
  const { handler, memoryMb, timeoutMs, arn: invokedFunctionArn, logFormat } = deployment;
  const { taskRoot, dynamodbEndpoint, onLog } = options;
  const environment = instanceEnvironment(deployment, taskRoot, dynamodbEndpoint, credentials);
  const own = { taskRoot, handler, memoryMb, timeoutMs, invokedFunctionArn, logFormat, environment };
  return { ...own, initTimeoutMs, onLog, attention, threads };
}
