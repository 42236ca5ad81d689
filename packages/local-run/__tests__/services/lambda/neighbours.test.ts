/** Tests that late output, errors and timers of an invocation do not affect the next invocations of its instance. */
import { failure, createFunctionPools, type FunctionPools } from '../../support/function-pools';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

let pools: FunctionPools;
let ids: Map<string, string | undefined>;
beforeEach(() => {
  ids = new Map();
  pools = createFunctionPools((line, requestId) => ids.set(line, requestId));
});
afterEach(() => pools.stop());

test('lines that a handler writes in the tick after its answer belong to its invocation', async () => {
  const pool = pools.create(
    "exports.handler = async (n) => { process.nextTick(() => console.log('tick ' + n)); return n }",
    { logFormat: 'Text' },
  );
  await Promise.all(range(200).map((n) => pool.invoke(n, { requestId: `id-${n}` })));
  await pools.stop();
  const text = (line: string) => line.slice(line.lastIndexOf('tick'));
  const found = new Map([...ids].map(([line, id]) => [text(line), id]));
  expect(range(200).map((n) => found.get(`tick ${n}`))).toEqual(range(200).map((n) => `id-${n}`));
});

test('an error that a handler throws in the tick after its answer fails its invocation', async () => {
  const pool = pools.create(
    "exports.handler = async (n) => { if (n % 10 === 0) process.nextTick(() => { throw new Error('late') }); return n }",
    { logFormat: 'Text' },
  );
  const results = await Promise.allSettled(range(100).map((n) => pool.invoke(n)));
  const expected = range(100).map((n) => (n % 10 === 0 ? 'rejected' : 'fulfilled'));
  expect(results.map(({ status }) => status)).toEqual(expected);
});

test('timers run between invocations', async () => {
  const pool = pools.create(
    `let ticks = 0;
    setInterval(() => { ticks += 1 }, 1).unref();
    exports.handler = async () => { for (const end = Date.now() + 2; Date.now() < end; ); return ticks }`,
  );
  const results = await Promise.all(range(200).map((n) => pool.invoke(n)));
  expect(Math.max(...results.map(({ json }) => Number(json)))).toBeGreaterThan(10);
});

test('an error whose properties have unexpected types fails its invocation only', async () => {
  const pool = pools.create(
    `exports.handler = async (n) => {
      if (n % 2) return n;
      const error = new Error('odd');
      const around = { };
      around.around = around;
      throw Object.assign(error, { message: around, name: 5n, stack: 7 });
    }`,
  );
  const results = await Promise.allSettled(range(20).map((n) => pool.invoke(n)));
  expect(results.map(({ status }) => status)).toEqual(range(20).map((n) => (n % 2 ? 'fulfilled' : 'rejected')));
  expect(await failure(pool.invoke(0))).toMatchObject({ errorType: '5', message: '[object Object]' });
});

test('a listener on parentPort does not delay answers', async () => {
  const pool = pools.create(
    `require('node:worker_threads').parentPort.on('message', () => undefined);
    exports.handler = (n, context, callback) => callback(null, n);`,
    { timeoutMs: 2000 },
  );
  expect(await Promise.all(range(5).map(async (n) => (await pool.invoke(n)).json))).toEqual(range(5).map(String));
});

test("workerData is empty for the function's code", async () => {
  const pool = pools.create(
    "const { workerData } = require('node:worker_threads'); exports.handler = async () => Object.keys(workerData)",
  );
  expect((await pool.invoke({})).json).toBe('[]');
});

test('a message that is not of the runtime is ignored', async () => {
  const pool = pools.create(
    `let ports = 0;
    const { MessagePort } = require('node:worker_threads');
    const post = (handle) => {
      if (handle instanceof MessagePort) ports += 1;
      for (const message of [null, {}, 'text']) handle.postMessage?.(message);
    };
    exports.handler = async () => {
      // Between two invocations, the port is an active handle.
      setTimeout(() => process._getActiveHandles().forEach(post), 20);
      return ports;
    };`,
  );
  await pool.invoke({});
  await new Promise((done) => setTimeout(done, 200));
  expect(await pool.invoke({})).toMatchObject({ json: '1', cold: false });
});

test('process.kill(process.pid, 0) says that the process exists', async () => {
  const pool = pools.create('exports.handler = async () => process.kill(process.pid, 0)');
  expect((await pool.invoke({})).json).toBe('true');
});

test("the function's code may replace setImmediate", async () => {
  const pool = pools.create('global.setImmediate = () => undefined; exports.handler = async (n) => n', {
    timeoutMs: 2000,
  });
  expect(await Promise.all(range(50).map(async (n) => (await pool.invoke(n)).json))).toEqual(range(50).map(String));
});

test('a module with a top-level await that never settles fails with Runtime.ExitError', async () => {
  const pool = pools.create('await new Promise(() => undefined); export const handler = async () => 1', {
    file: 'index.mjs',
    logFormat: 'Text',
  });
  const startedAt = performance.now();
  expect(await failure(pool.invoke({}))).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(performance.now() - startedAt).toBeLessThan(2500);
});
