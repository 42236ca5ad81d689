/** The ways in which an invocation fails, each with Lambda's own name for it. */
import type { DynamodbCall } from '../../model/dynamodb-call';

/** What Lambda answers for a failed invocation, and API Gateway turns into a 500 or 502. */
export class InvocationError extends Error {
  /** The calls to DynamoDB that the invocation had made. */
  calls: readonly DynamodbCall[] = [];

  constructor(
    /** Lambda's `errorType`, for example `Sandbox.Timedout`, or the name of the error that was thrown. */
    readonly errorType: string,
    message: string,
    readonly trace: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The handler threw, or its promise was rejected. */
export class HandlerError extends InvocationError {
  override readonly name = 'HandlerError';
}

/** The module could not be loaded, or has no such handler. */
export class InitError extends InvocationError {
  override readonly name = 'InitError';
}

export class TimedOut extends InvocationError {
  override readonly name = 'TimedOut';
  constructor(requestId: string, timeoutMs: number) {
    super(
      'Sandbox.Timedout',
      `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
    );
  }
}

/** The instance ended by itself: process.exit, or a fault of its own. */
export class RuntimeExited extends InvocationError {
  override readonly name = 'RuntimeExited';
  constructor(requestId: string, status: number | string) {
    const how = status === 0 ? 'exited without providing a reason' : `exited with error: exit status ${status}`;
    super('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime ${how}`);
  }
}

/** Node.js was given options (NODE_OPTIONS) that it does not take: it ends with status 9, before it loads anything. */
export class OptionsRefused extends InvocationError {
  override readonly name = 'OptionsRefused';
  constructor() {
    const { errorType, message } = new RuntimeExited('init', 9);
    super(errorType, message);
  }
}

/**
 * An uncaught exception or an unhandled rejection: the runtime reported the error under its own
 * name before it ended (aws-lambda-nodejs-runtime-interface-client, src/index.mjs).
 */
export class RuntimeCrashed extends InvocationError {
  override readonly name = 'RuntimeCrashed';
}

/** All instances that the function may have are busy. Lambda does not wait: it refuses the invocation with 429. */
export class Throttled extends InvocationError {
  override readonly name = 'Throttled';
  /** Lambda's `Reason`. */
  readonly reason = 'ReservedFunctionConcurrentInvocationLimitExceeded';
  constructor(readonly concurrency: number) {
    super('TooManyRequestsException', `Rate Exceeded. (${concurrency} of ${concurrency} instances are busy)`);
  }
}

/** The module took longer to load than an initialization may. */
export class InitTimedOut extends InvocationError {
  override readonly name = 'InitTimedOut';
  constructor(timeoutMs: number) {
    super('Sandbox.Timedout', `Init phase timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
  }
}

export class OutOfMemory extends InvocationError {
  override readonly name = 'OutOfMemory';
  constructor(requestId: string, memoryMb: number) {
    super(
      'Runtime.OutOfMemory',
      `RequestId: ${requestId} Error: Runtime exited with error: signal: killed (more than ${memoryMb} MB)`,
    );
  }
}

/** Lambda: a synchronous invocation's request has at most 6 MB. */
export class RequestTooLarge extends InvocationError {
  override readonly name = 'RequestTooLarge';
  constructor(readonly bytes: number) {
    super(
      'RequestEntityTooLargeException',
      `Request must be smaller than 6291456 bytes for the InvokeFunction operation, but has ${bytes}`,
    );
  }
}

/** Lambda: a synchronous invocation's response has at most 6 MB. */
export class ResponseTooLarge extends InvocationError {
  override readonly name = 'ResponseTooLarge';
  constructor(bytes: number) {
    super(
      'Function.ResponseSizeTooLarge',
      `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (6291556 bytes).`,
    );
  }
}
