/**
 * What counts as a handler's answer, as Lambda's Node.js runtime has it
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
  ['a returned value of a handler that is not async counts for nothing', '() => 1', null],
  ['a handler that is not async and never answers: null, once nothing is left to do', '() => {}', null],
  ['the same with work under way: null when that is done', `() => { ${LATER} }`, null],
  ['a promise that no async function made', '() => Promise.resolve(1)', 1],
  ['the callback', '(event, context, callback) => callback(null, 1)', 1],
  [
    'the callback waits until the event loop is empty',
    `(event, context, callback) => { ${LATER}; callback(null, { get later() { return globalThis.later } }) }`,
    { later: true },
  ],
  [
    'unless callbackWaitsForEmptyEventLoop says otherwise',
    `(event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; ${LATER}; callback(null, { later: globalThis.later ?? false }) }`,
    { later: false },
  ],
  [
    'an answer given twice: the first counts',
    '(event, context, callback) => { callback(null, 1); callback(null, 2) }',
    1,
  ],
  ['context.succeed', '(event, context) => { setTimeout(() => {}, 9999); context.succeed(1) }', 1],
  ['context.done', '(event, context) => context.done(null, 1)', 1],
  [
    'an answer after the answer: an error of a callback',
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
  ['something thrown that is no error', 'async () => { throw "no" }', 'string', 'no'],
  ['a rejected promise without a reason', '() => Promise.reject()', 'string', 'handled'],
  ['a handler that throws before it returns', '() => { throw new TypeError("no") }', 'TypeError', 'no'],
  ['an async handler that never settles', 'async () => new Promise(() => {})', 'Runtime.NodeJsExit', /never settled/],
])('%s fails the invocation, and the instance goes on', async (_, handler, errorType, message) => {
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

test('from nodejs24.x on a returned value counts', async () => {
  expect(await pools.of('exports.handler = () => 1', { runtime: 'nodejs24.x' }).invoke({})).toMatchObject({
    json: '1',
  });
});

test('an instance that has failed to settle serves the next invocation; what comes late answers nothing', async () => {
  const pool = pools.of(`let late; exports.handler = (event, context, callback) => {
    if (event === 'keep') { late = callback; context.succeed('kept'); }
    else { late(null, 'late'); setTimeout(() => context.succeed('own'), 20); }
  }`);
  expect((await pool.invoke('keep')).json).toBe('"kept"');
  expect(await pool.invoke('answer')).toMatchObject({ json: '"own"', cold: false });
});
