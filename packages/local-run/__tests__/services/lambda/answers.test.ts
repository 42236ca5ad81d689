/**
 * Tests that a handler can answer in the same ways as in Lambda's Node.js runtime
 * (aws-lambda-nodejs-runtime-interface-client, src/Runtime.js and src/CallbackContext.js).
 */
import { failure, createFunctionPools, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools;
beforeEach(() => {
  pools = createFunctionPools();
});
afterEach(() => pools.stop());

const LATER = 'setTimeout(() => { globalThis.later = true }, 80)';

test.each([
  ['a returned value that is not a promise does not count', '() => 1', null],
  ['a non-async handler without an answer returns null when the event loop is empty', '() => {}', null],
  ['a non-async handler without an answer returns null after its pending work', `() => { ${LATER} }`, null],
  ['a promise of a non-async handler counts', '() => Promise.resolve(1)', 1],
  ['the callback answers', '(event, context, callback) => callback(null, 1)', 1],
  [
    'the answer of the callback waits until the event loop is empty',
    `(event, context, callback) => { ${LATER}; callback(null, { get later() { return globalThis.later } }) }`,
    { later: true },
  ],
  [
    'the answer of the callback does not wait if callbackWaitsForEmptyEventLoop is false',
    `(event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; ${LATER}; callback(null, { later: globalThis.later ?? false }) }`,
    { later: false },
  ],
  [
    'the first of two callback calls counts',
    '(event, context, callback) => { callback(null, 1); callback(null, 2) }',
    1,
  ],
  ['context.succeed answers', '(event, context) => { setTimeout(() => {}, 9999); context.succeed(1) }', 1],
  ['context.done answers', '(event, context) => context.done(null, 1)', 1],
  [
    'an error of the callback wins over the later result of an async handler',
    'async (event, context, callback) => { callback(new Error("no")); return 1 }',
    undefined,
  ],
])('%s', async (_, handler, expected) => {
  const pool = pools.create(`exports.handler = ${handler}`);
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
  const failing = pools.create(`let n = 0; const failing = ${handler};
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
  expect(await pools.create('exports.handler = () => 1', { runtime: 'nodejs24.x' }).invoke({})).toMatchObject({
    json: '1',
  });
});

test('a late callback of an earlier invocation does not answer the current invocation', async () => {
  const pool = pools.create(`let late; exports.handler = (event, context, callback) => {
    if (event === 'keep') { late = callback; context.succeed('kept'); }
    else { late(null, 'late'); setTimeout(() => context.succeed('current'), 20); }
  }`);
  expect((await pool.invoke('keep')).json).toBe('"kept"');
  expect(await pool.invoke('answer')).toMatchObject({ json: '"current"', cold: false });
});
