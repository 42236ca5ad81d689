/** Tests large outputs: the pool reads any amount, and output blocks neither the local run nor the function for long. */
import { failure, createFunctionPools, type FunctionPools } from '../../support/function-pools';

let pools: FunctionPools | undefined;
afterEach(() => pools?.stop());

/** Measures the longest time, in ms, for which this thread is blocked until the promise settles. */
async function longestBlock(work: Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const measure = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(measure, 2);
  await work;
  clearInterval(timer);
  measure();
  return longest;
}

test('a handler that logs in an endless loop times out and does not block a slow reader', async () => {
  let count = 0;
  pools = createFunctionPools(() => {
    count += 1;
    for (const end = performance.now() + 0.02; performance.now() < end;);
    // Keeps the memory of this test small.
    if (pools) pools.lines.length = 0;
  });
  const pool = pools.create("exports.handler = async () => { for (let i = 0; ; i += 1) console.log('line ' + i) }", {
    timeoutMs: 1500,
    logFormat: 'Text',
  });
  const startedAt = performance.now();
  const failing = failure(pool.invoke({}));
  expect(await longestBlock(failing)).toBeLessThan(700);
  expect(await failing).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(count).toBeGreaterThan(1000);
}, 30_000);

test('a line of 6 MB is written within 300 ms', async () => {
  pools = createFunctionPools();
  const pool = pools.create(
    "exports.handler = async () => { const began = Date.now(); process.stdout.write('x'.repeat(6e6) + '\\n'); return Date.now() - began }",
  );
  await pool.invoke({});
  const invoked = pool.invoke({});
  expect(await longestBlock(invoked)).toBeLessThan(300);
  expect(Number((await invoked).json)).toBeLessThan(300);
  expect(pools.lines.reduce((sum, { length }) => sum + length, 0)).toBe(12e6);
}, 30_000);

test('lines end correctly when a line break or a surrogate pair lies between two pieces', async () => {
  pools = createFunctionPools();
  const text = ['x'.repeat(65_535), 'y'.repeat(65_536), '', '\u{1f600}'.repeat(50_000), 'z'].join('\r\n');
  const source = `exports.handler = async () => { process.stdout.write(${JSON.stringify(text)}); process.stdout.write('\\n'); return 1 }`;
  await pools.create(source).invoke({});
  expect(pools.lines).toEqual(text.split('\r\n'));
});

test('a line longer than 1 MB is split', async () => {
  const source = "exports.handler = async () => { process.stdout.write('x'.repeat(2_500_000)); return 1 }";
  pools = createFunctionPools();
  await pools.create(source).invoke({});
  await pools.stop();
  expect(pools.lines.map(({ length }) => length)).toEqual([1_048_576, 1_048_576, 402_848]);
});

test('text in another encoding is decoded', async () => {
  const source =
    "exports.handler = async () => { process.stdout.write('aGk=', 'base64'); process.stdout.write('\\n'); return 1 }";
  pools = createFunctionPools();
  await pools.create(source).invoke({});
  expect(pools.lines).toEqual(['hi']);
});
