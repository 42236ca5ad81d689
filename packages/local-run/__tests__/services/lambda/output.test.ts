/** The pool reads any amount of output. Output blocks neither the local run nor the function for long. */
import { failure, functionPool, type FunctionPool } from '../../support/function-pool';

let pools: FunctionPool | undefined;
afterEach(() => pools?.stop());

/** The longest time, in ms, for which this thread was blocked during the work. */
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
  pools = functionPool(() => {
    count += 1;
    for (const end = performance.now() + 0.02; performance.now() < end;);
    // Keeps the memory of this test small.
    if (pools) pools.lines.length = 0;
  });
  const pool = pools.of("exports.handler = async () => { for (let i = 0; ; i += 1) console.log('line ' + i) }", {
    timeoutMs: 1500,
    logFormat: 'Text',
  });
  const began = performance.now();
  const failing = failure(pool.invoke({}));
  expect(await longestBlock(failing)).toBeLessThan(700);
  expect(await failing).toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(performance.now() - began).toBeLessThan(3000);
  expect(count).toBeGreaterThan(1000);
}, 30_000);

test('a line of 6 MB is written within 300 ms', async () => {
  pools = functionPool();
  const pool = pools.of(
    "exports.handler = async () => { const began = Date.now(); process.stdout.write('x'.repeat(6e6) + '\\n'); return Date.now() - began }",
  );
  await pool.invoke({});
  const invoked = pool.invoke({});
  expect(await longestBlock(invoked)).toBeLessThan(300);
  expect(Number((await invoked).json)).toBeLessThan(300);
  expect(pools.lines.reduce((sum, { length }) => sum + length, 0)).toBe(12e6);
}, 30_000);

test('lines end correctly when a line break or a surrogate pair lies between two pieces', async () => {
  pools = functionPool();
  const text = ['x'.repeat(65_535), 'y'.repeat(65_536), '', '\u{1f600}'.repeat(50_000), 'z'].join('\r\n');
  const source = `exports.handler = async () => { process.stdout.write(${JSON.stringify(text)}); process.stdout.write('\\n'); return 1 }`;
  await pools.of(source).invoke({});
  expect(pools.lines).toEqual(text.split('\r\n'));
});

test('a line longer than 1 MB is split', async () => {
  const source = "exports.handler = async () => { process.stdout.write('x'.repeat(2_500_000)); return 1 }";
  pools = functionPool();
  await pools.of(source).invoke({});
  await pools.stop();
  expect(pools.lines.map(({ length }) => length)).toEqual([1_048_576, 1_048_576, 402_848]);
});

test('text in another encoding is decoded', async () => {
  const source =
    "exports.handler = async () => { process.stdout.write('aGk=', 'base64'); process.stdout.write('\\n'); return 1 }";
  pools = functionPool();
  await pools.of(source).invoke({});
  expect(pools.lines).toEqual(['hi']);
});
