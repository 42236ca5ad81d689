/** The context object that Lambda's Node.js runtime gives to handlers. */
import type { WorkerInput } from '../protocol';

type Constant = Pick<WorkerInput, 'timeoutMs' | 'invokedFunctionArn'>;

/**
 * @param environment the instance's own, as it begins
 * @returns makes that of an invocation that begins now
 */
export function contexts({ timeoutMs, invokedFunctionArn }: Constant, environment: NodeJS.ProcessEnv) {
  // Read once: a thread's environment is not an object, and slow.
  const constant = {
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    invokedFunctionArn,
  };
  return (awsRequestId: string): Record<string, unknown> => {
    const deadline = Date.now() + timeoutMs;
    return {
      callbackWaitsForEmptyEventLoop: true,
      ...constant,
      awsRequestId,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
  };
}
