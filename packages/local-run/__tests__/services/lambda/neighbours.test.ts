/** What an invocation leaves behind is its own, also where others lie with its instance and follow it at once. */
import { failure, functionPool, type FunctionPool } from '../../support/function-pool';

const all = (count: number) => Array.from({ length: count }, (_, index) => index);

let pools: FunctionPool;
let ids: Map<string, string | undefined>;
beforeEach(() => {
  ids = new Map();
  pools = functionPool((line, requestId) => ids.set(line, requestId));
});
afterEach(() => pools.stop());

test('lines that it writes in its next tick', async () => {
  const pool = pools.of(
    "exports.handler = async (n) => { process.nextTick(() => console.log('tick ' + n)); return n }",
    { logFormat: 'Text' },
  );
  await Promise.all(all(200).map((n) => pool.invoke(n, `id-${n}`)));
  await pools.stop();
  const text = (line: string) => line.slice(line.lastIndexOf('tick'));
  const found = new Map([...ids].map(([line, id]) => [text(line), id]));
  expect(all(200).map((n) => found.get(`tick ${n}`))).toEqual(all(200).map((n) => `id-${n}`));
});

test('an error that it throws in its next tick', async () => {
  const pool = pools.of(
    "exports.handler = async (n) => { if (n % 10 === 0) process.nextTick(() => { throw new Error('late') }); return n }",
    { logFormat: 'Text' },
  );
  const results = await Promise.allSettled(all(100).map((n) => pool.invoke(n)));
  const expected = all(100).map((n) => (n % 10 === 0 ? 'rejected' : 'fulfilled'));
  expect(results.map(({ status }) => status)).toEqual(expected);
});

test('timers have their turn between those that wait for nothing', async () => {
  const pool = pools.of(
    `let ticks = 0;
    setInterval(() => { ticks += 1 }, 1).unref();
    exports.handler = async () => { for (const end = Date.now() + 2; Date.now() < end; ); return ticks }`,
  );
  const results = await Promise.all(all(60).map((n) => pool.invoke(n)));
  expect(Math.max(...results.map(({ json }) => Number(json)))).toBeGreaterThan(10);
});

test('an error whose parts are anything', async () => {
  const pool = pools.of(
    `exports.handler = async (n) => {
      if (n % 2) return n;
      const error = new Error('odd');
      const around = { };
      around.around = around;
      throw Object.assign(error, { message: around, name: 5n, stack: 7 });
    }`,
  );
  const results = await Promise.allSettled(all(20).map((n) => pool.invoke(n)));
  expect(results.map(({ status }) => status)).toEqual(all(20).map((n) => (n % 2 ? 'fulfilled' : 'rejected')));
  expect(await failure(pool.invoke(0))).toMatchObject({ errorType: '5', message: '[object Object]' });
});

test('code that listens to the thread that made it', async () => {
  const pool = pools.of(
    `require('node:worker_threads').parentPort.on('message', () => undefined);
    exports.handler = (n, context, callback) => callback(null, n);`,
    { timeoutMs: 2000 },
  );
  expect(await Promise.all(all(5).map(async (n) => (await pool.invoke(n)).json))).toEqual(all(5).map(String));
});

test('code that puts something else in the place of setImmediate', async () => {
  const pool = pools.of('global.setImmediate = () => undefined; exports.handler = async (n) => n', { timeoutMs: 2000 });
  expect(await Promise.all(all(50).map(async (n) => (await pool.invoke(n)).json))).toEqual(all(50).map(String));
});

test('a module that waits for what never comes', async () => {
  const pool = pools.of('await new Promise(() => undefined); export const handler = async () => 1', {
    file: 'index.mjs',
    logFormat: 'Text',
  });
  const began = performance.now();
  expect(await failure(pool.invoke({}))).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(performance.now() - began).toBeLessThan(2500);
});
