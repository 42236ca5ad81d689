/** Calls the handler and waits for its first valid answer, as Lambda's Node.js runtime does. */
import { RuntimeError } from './failure';
import type { Callback, Handler } from './load';
import { runtimeMajor } from './runtime-major';

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. ' +
  'This is most commonly caused by a Promise that was never settled.';

export interface EventLoop {
  /** Called when the event loop becomes empty: no timer, socket or other work is pending. */
  onEmpty: (() => void) | undefined;
}

/**
 * Invokes the handler. It answers through its promise, its callback, or context.succeed, fail and done.
 * - The first answer counts.
 * - The callback's answer waits until the event loop is empty, unless context.callbackWaitsForEmptyEventLoop is false.
 * - If the event loop becomes empty before an answer, an async handler fails, and any other handler answers null.
 * - A returned value that is not a promise counts from nodejs24.x on.
 *
 * Source: aws-lambda-nodejs-runtime-interface-client, src/Runtime.js and src/CallbackContext.js; for nodejs24.x,
 * src/runtime/buffered-invoke-processor.ts.
 */
export function invokeHandler(
  handler: Handler,
  event: unknown,
  context: Record<string, unknown>,
  loop: EventLoop,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (answer: () => void) => {
      loop.onEmpty = undefined;
      answer();
    };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the handler may reject with any value
    const fail = (thrown: unknown) => settle(() => reject(thrown));
    const done = (error: unknown, result?: unknown) => (isPresent(error) ? fail(error) : settle(() => resolve(result)));
    const callback = once((error, result) => {
      if (isPresent(error) || context['callbackWaitsForEmptyEventLoop'] === false) done(error, result);
      else loop.onEmpty = () => done(null, result);
    });
    loop.onEmpty = () =>
      isAsync(handler) ? fail(new RuntimeError('Runtime.NodeJsExit', NEVER_SETTLED)) : done(null, null);
    const succeed = (result: unknown) => done(null, result);
    // Lambda reports a missing reason as the string `handled`.
    const failWithReason = (error: unknown) => fail(error ?? 'handled');
    const returned = handler(event, Object.assign(context, { succeed, fail: failWithReason, done }), callback);
    if (isPromise(returned)) returned.then(succeed, failWithReason);
    else if (returned !== undefined && runtimeMajor() >= 24) succeed(returned);
  });
}

/** Returns a callback that ignores every call after the first call. */
function once(callback: Callback): Callback {
  let called = false;
  return (error, result) => {
    if (!called) callback(error, result);
    called = true;
  };
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

function isAsync(handler: Handler): boolean {
  return handler.constructor.name === 'AsyncFunction';
}
