/** Lines of a process of its own: in which order they come out, and that none is lost at its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '../../../../__tests__/support/local-run';

interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What came, as it came, of both. */
  readonly both: string;
}

/** Runs a script that has printLine and printError. */
async function outputOf(script: string): Promise<Output> {
  const source = `const { printLine, printError } = require('./local/print/out');\n${script}`;
  // Both go to the same pipe, so that the order is seen in which the process wrote.
  const shell = `exec "$0" -r ./cache/typescript.cjs -e "$1" 2>&1`;
  const child = spawn(process.execPath, ['-r', './cache/typescript.cjs', '-e', source], { cwd: ROOT });
  const merged = spawn('sh', ['-c', shell, process.execPath, source], { cwd: ROOT });
  const texts = { stdout: '', stderr: '', both: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  merged.stdout.on('data', (chunk: Buffer) => (texts.both += chunk.toString()));
  const [[status]] = (await Promise.all([once(child, 'close'), once(merged, 'close')])) as [[number | null], unknown];
  return { status, ...texts };
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `${n}\n`).join('');

test('lines come in their order, at once or later', async () => {
  const { stdout } = await outputOf(`
    let n = 0;
    const some = () => { for (let end = n + 100; n < end; n += 1) printLine(String(n)); };
    some();
    setImmediate(some);
    setTimeout(some, 3);
    setTimeout(some, 40);
  `);
  expect(stdout).toBe(numbers(400));
});

test('what goes to stderr comes after all that went before, and before what follows', async () => {
  const { both, stdout, stderr } = await outputOf(`
    printLine('one');
    printLine('two');
    printError('three');
    printLine('four');
    printError('five');
  `);
  expect(both).toBe('one\ntwo\nthree\nfour\nfive\n');
  expect(stdout).toBe('one\ntwo\nfour\n');
  expect(stderr).toBe('three\nfive\n');
});

test.each([
  ['process.exit', 'process.exit(3)', 3],
  ['nothing more to do', '', 0],
  ['an error that nobody catches', 'throw new Error("thrown")', 1],
])('no line is lost when it ends by %s', async (_, end, status) => {
  const output = await outputOf(`
    printLine('first');
    // The second of soon after would wait for others.
    setImmediate(() => setImmediate(() => {
      for (let n = 0; n < 5000; n += 1) printLine(String(n));
      ${end}
    }));
  `);
  expect(output.status).toBe(status);
  expect(output.stdout).toBe(`first\n${numbers(5000)}`);
});

test('a line that comes alone does not wait for others', async () => {
  const { stdout } = await outputOf(`
    printLine('first');
    setImmediate(() => setImmediate(() => process.kill(process.pid, 'SIGKILL')));
  `);
  expect(stdout).toBe('first\n');
});
