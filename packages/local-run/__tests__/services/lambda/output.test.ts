/** What functions write, in all amounts: it is read, and holds up neither the run nor the function. */
import { failure, functionPool, type FunctionPool } from '../../support/function-pool';

let pools: FunctionPool | undefined;
afterEach(() => pools?.stop());

/** The longest time in which this thread did nothing else, in ms. */
async function longestBlock(work: Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 2);
  await work;
  clearInterval(timer);
  look();
  return longest;
}

test('short lines without end, for a slow reader: the run goes on, and the timeout comes', async () => {
  let count = 0;
  pools = functionPool(() => {
    count += 1;
    for (const end = performance.now() + 0.02; performance.now() < end;);
    // They stand for a log that nobody keeps.
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

test('a line of 6 MB', async () => {
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

test('lines that end between two pieces, with one or two characters', async () => {
  pools = functionPool();
  const text = ['x'.repeat(4095), 'y'.repeat(4096), '', '\u{1f600}'.repeat(3000), 'z'].join('\r\n');
  const source = `exports.handler = async () => { process.stdout.write(${JSON.stringify(text)}); process.stdout.write('\\n'); return 1 }`;
  await pools.of(source).invoke({});
  expect(pools.lines).toEqual(text.split('\r\n'));
});

test('a line without end is cut into pieces', async () => {
  const source = "exports.handler = async () => { process.stdout.write('x'.repeat(2_500_000)); return 1 }";
  pools = functionPool();
  await pools.of(source).invoke({});
  await pools.stop();
  expect(pools.lines.map(({ length }) => length)).toEqual([1_048_576, 1_048_576, 402_848]);
});

test('text in another encoding is what it says', async () => {
  const source =
    "exports.handler = async () => { process.stdout.write('aGk=', 'base64'); process.stdout.write('\\n'); return 1 }";
  pools = functionPool();
  await pools.of(source).invoke({});
  expect(pools.lines).toEqual(['hi']);
});
