/** The ways in which an invocation fails, each with Lambda's own name for it. */
import type { DynamodbCall } from '../guard/call';

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

/** The instance ended: process.exit, an uncaught exception, an unhandled rejection. */
export class RuntimeExited extends InvocationError {
  override readonly name = 'RuntimeExited';
  constructor(requestId: string, status: number | string, cause?: string) {
    const text = `RequestId: ${requestId} Error: Runtime exited with error: exit status ${status}`;
    super('Runtime.ExitError', cause === undefined ? text : `${text} (${cause})`);
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
