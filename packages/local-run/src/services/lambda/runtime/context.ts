/** Creates the context object that Lambda's Node.js runtime passes to handlers. */
import type { WorkerInput } from '../worker-messages';

/**
 * @param environment the instance's environment variables
 * @returns a function that creates the context of an invocation at its start
 */
export function createContextFactory(
  { timeoutMs, functionArn }: Pick<WorkerInput, 'timeoutMs' | 'functionArn'>,
  environment: NodeJS.ProcessEnv,
) {
  // Reads process.env only once: each read in a thread is slow.
  const constant = {
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'],
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
  };
  const version = environment['AWS_LAMBDA_FUNCTION_VERSION'];
  return (awsRequestId: string, qualifier?: string): Record<string, unknown> => {
    const deadline = Date.now() + timeoutMs;
    return {
      callbackWaitsForEmptyEventLoop: true,
      ...constant,
      functionVersion: qualifier === undefined ? '$LATEST' : version,
      invokedFunctionArn: qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`,
      awsRequestId,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
  };
}
