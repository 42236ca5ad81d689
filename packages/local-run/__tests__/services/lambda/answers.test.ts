/**
 * A handler answers in the same ways as in Lambda's Node.js runtime
 * (aws-lambda-nodejs-runtime-interface-client, src/Runtime.js and src/CallbackContext.js).
 */
import { failure, functionPool, type FunctionPool } from '../../support/function-pool';

let pools: FunctionPool;
beforeEach(() => {
  pools = functionPool();
});
afterEach(() => pools.stop());

const LATER = 'setTimeout(() => { globalThis.later = true }, 80)';

test.each([
  ['a value that a handler without async returns does not count', '() => 1', null],
  ['a handler without async that never answers: null when the event loop is empty', '() => {}', null],
  ['the same with pending work: null when the work is done', `() => { ${LATER} }`, null],
  ['a promise of a handler without async', '() => Promise.resolve(1)', 1],
  ['the callback', '(event, context, callback) => callback(null, 1)', 1],
  [
    'the callback waits until the event loop is empty',
    `(event, context, callback) => { ${LATER}; callback(null, { get later() { return globalThis.later } }) }`,
    { later: true },
  ],
  [
    'the callback does not wait if callbackWaitsForEmptyEventLoop is false',
    `(event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; ${LATER}; callback(null, { later: globalThis.later ?? false }) }`,
    { later: false },
  ],
  [
    'the first of two callback calls counts',
    '(event, context, callback) => { callback(null, 1); callback(null, 2) }',
    1,
  ],
  ['context.succeed', '(event, context) => { setTimeout(() => {}, 9999); context.succeed(1) }', 1],
  ['context.done', '(event, context) => context.done(null, 1)', 1],
  [
    'an error of the callback before the result of an async handler',
    'async (event, context, callback) => { callback(new Error("no")); return 1 }',
    undefined,
  ],
])('%s', async (_, handler, expected) => {
  const pool = pools.of(`exports.handler = ${handler}`);
  const first = await pool.invoke({}).then(
    ({ json }) => JSON.parse(json) as unknown,
    () => undefined,
  );
  expect(first).toEqual(expected);
});

test.each([
  ['context.fail', '(event, context) => context.fail(new RangeError("no"))', 'RangeError', 'no'],
  ['an error of the callback', '(event, context, callback) => callback("no")', 'string', 'no'],
  ['a thrown string', 'async () => { throw "no" }', 'string', 'no'],
  ['a rejected promise without a reason', '() => Promise.reject()', 'string', 'handled'],
  ['a handler that throws before it returns', '() => { throw new TypeError("no") }', 'TypeError', 'no'],
  ['an async handler that never settles', 'async () => new Promise(() => {})', 'Runtime.NodeJsExit', /never settled/],
])('%s fails the invocation and keeps the instance', async (_, handler, errorType, message) => {
  const failing = pools.of(`let n = 0; const failing = ${handler};
    exports.handler = failing.constructor.name === 'AsyncFunction'
      ? async (event, context) => { n += 1; if (event === 'count') return n; return failing(event, context) }
      : (event, context, callback) => { n += 1; if (event === 'count') return Promise.resolve(n); return failing(event, context, callback) }`);
  expect(await failure(failing.invoke({}))).toMatchObject({
    name: 'HandlerError',
    errorType,
    message: expect.stringMatching(message),
  });
  expect(await failing.invoke('count')).toMatchObject({ json: '2', cold: false });
});

test('a returned value counts from nodejs24.x on', async () => {
  expect(await pools.of('exports.handler = () => 1', { runtime: 'nodejs24.x' }).invoke({})).toMatchObject({
    json: '1',
  });
});

test('a late callback of an earlier invocation does not answer the current one', async () => {
  const pool = pools.of(`let late; exports.handler = (event, context, callback) => {
    if (event === 'keep') { late = callback; context.succeed('kept'); }
    else { late(null, 'late'); setTimeout(() => context.succeed('own'), 20); }
  }`);
  expect((await pool.invoke('keep')).json).toBe('"kept"');
  expect(await pool.invoke('answer')).toMatchObject({ json: '"own"', cold: false });
});
