/** The errors of failed invocations, with a class for each cause. `errorType` is Lambda's name for the error. */
import type { DynamodbCall } from '../../model/dynamodb-call';

/** Lambda's answer to a failed invocation. API Gateway turns it into a 500 or 502. */
export class InvocationError extends Error {
  /** The calls to DynamoDB that the failed invocation made. */
  calls: readonly DynamodbCall[] = [];

  constructor(
    /** For example `Sandbox.Timedout`, or the name of the error that the handler threw. */
    readonly errorType: string,
    message: string,
    readonly trace: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The handler threw an error or rejected its promise. Lambda keeps the instance. */
export class HandlerError extends InvocationError {
  override readonly name = 'HandlerError';
}

/** The module could not be loaded or does not export the handler. */
export class InitError extends InvocationError {
  override readonly name = 'InitError';
}

/** The handler took longer than the function's timeout. */
export class TimeoutError extends InvocationError {
  override readonly name = 'TimeoutError';
  constructor(requestId: string, timeoutMs: number) {
    super(
      'Sandbox.Timedout',
      `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
    );
  }
}

/** The instance exited during an invocation, for example by `process.exit`. */
export class RuntimeExitError extends InvocationError {
  override readonly name = 'RuntimeExitError';
  constructor(requestId: string, status: number | string) {
    const outcome = status === 0 ? 'exited without providing a reason' : `exited with error: exit status ${status}`;
    super('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime ${outcome}`);
  }
}

/** Node.js rejected the function's NODE_OPTIONS. On Lambda, Node.js then exits with status 9 and loads no code. */
export class NodeOptionsError extends InvocationError {
  override readonly name = 'NodeOptionsError';
  constructor() {
    const { errorType, message } = new RuntimeExitError('init', 9);
    super(errorType, message);
  }
}

/**
 * The runtime ended after an uncaught exception or an unhandled rejection. `errorType` is the name of the error that it
 * reported (aws-lambda-nodejs-runtime-interface-client, src/index.mjs).
 */
export class RuntimeCrashError extends InvocationError {
  override readonly name = 'RuntimeCrashError';
}

/** The function has reached its maximum concurrency. Lambda refuses the invocation immediately, with status 429. */
export class ThrottledError extends InvocationError {
  override readonly name = 'ThrottledError';
  constructor(concurrency: number) {
    super('TooManyRequestsException', `Rate Exceeded. (${concurrency} of ${concurrency} instances are busy)`);
  }
}

/** The module took longer to load than the initialization timeout. */
export class InitTimeoutError extends InvocationError {
  override readonly name = 'InitTimeoutError';
  constructor(timeoutMs: number) {
    super('Sandbox.Timedout', `Init phase timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
  }
}

/** The handler needed more memory than the function has. */
export class OutOfMemoryError extends InvocationError {
  override readonly name = 'OutOfMemoryError';
  constructor(requestId: string, memoryMb: number) {
    super(
      'Runtime.OutOfMemory',
      `RequestId: ${requestId} Error: Runtime exited with error: signal: killed (more than ${memoryMb} MB)`,
    );
  }
}

/** The event is larger than 6 MB, Lambda's maximum for a synchronous invocation. */
export class RequestTooLargeError extends InvocationError {
  override readonly name = 'RequestTooLargeError';
  constructor(bytes: number) {
    super(
      'RequestEntityTooLargeException',
      `Request must be smaller than 6291456 bytes for the InvokeFunction operation, but has ${bytes}`,
    );
  }
}

/** The result is larger than 6 MB, Lambda's maximum for a synchronous invocation. */
export class ResponseTooLargeError extends InvocationError {
  override readonly name = 'ResponseTooLargeError';
  constructor(bytes: number) {
    super(
      'Function.ResponseSizeTooLarge',
      `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (6291556 bytes).`,
    );
  }
}
