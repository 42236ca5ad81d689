/** One invocation of the handler: waits for the first answer that counts, as Lambda's Node.js runtime does. */
import { RuntimeError } from './failure';
import type { Handler } from './load';

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. ' +
  'This is most commonly caused by a Promise that was never settled.';

/** Calls whoever waits for it once nothing is left to do: no timer, no socket, no promise that anything could settle. */
export interface EventLoop {
  /** Undefined: nobody waits. */
  onEmpty: (() => void) | undefined;
}

/**
 * A handler answers by its promise, by its callback, or by context.succeed, fail and done; the first
 * counts. The callback's answer waits until the event loop is empty, unless the context's
 * callbackWaitsForEmptyEventLoop says otherwise. When the event loop is empty and there is no answer,
 * an async handler has failed, and any other has answered null; what one returns that is no promise is
 * looked at from nodejs24.x on alone (aws-lambda-nodejs-runtime-interface-client, src/Runtime.js and
 * src/CallbackContext.js; src/runtime/buffered-invoke-processor.ts for nodejs24.x).
 */
export function invokeHandler(
  handler: Handler,
  event: unknown,
  context: Record<string, unknown>,
  loop: EventLoop,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      loop.onEmpty = undefined;
      act();
    };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- reported as it was given
    const fail = (thrown: unknown) => settle(() => reject(thrown));
    const done = (error: unknown, result?: unknown) => (isGiven(error) ? fail(error) : settle(() => resolve(result)));
    const callback = first((error, result) => {
      if (isGiven(error) || context['callbackWaitsForEmptyEventLoop'] === false) done(error, result);
      else loop.onEmpty = () => done(null, result);
    });
    loop.onEmpty = () =>
      isAsync(handler) ? fail(new RuntimeError('Runtime.NodeJsExit', NEVER_SETTLED)) : done(null, null);
    const succeed = (result: unknown) => done(null, result);
    const failed = (error: unknown) => fail(error ?? 'handled');
    const returned = handler(event, Object.assign(context, { succeed, fail: failed, done }), callback);
    if (isPromise(returned)) returned.then(succeed, failed);
    else if (returned !== undefined && takesReturnedValues()) succeed(returned);
  });
}

/** All calls but the first do nothing. */
function first(act: (error: unknown, result?: unknown) => void): typeof act {
  let called = false;
  return (error, result) => {
    if (!called) act(error, result);
    called = true;
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

function isAsync(handler: Handler): boolean {
  return handler.constructor.name === 'AsyncFunction';
}

function takesReturnedValues(): boolean {
  const [, major] = /nodejs(\d+)/.exec(process.env['AWS_EXECUTION_ENV'] ?? '') ?? [];
  return Number(major) >= 24;
}
