/** Prints in a child process, and reads its stdout and stderr. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const OUT = path.join(__dirname, '../../src/print/out.ts');
const JITI = path.join(path.dirname(require.resolve('jiti/package.json')), 'lib/jiti-cli.mjs');

interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout and stderr in the order of the writes. */
  readonly merged: string;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'out-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script that can call printLine and printError. */
async function run(script: string): Promise<Output> {
  const file = path.join(folder, 'script.cjs');
  writeFileSync(file, `const { printLine, printError } = require(${JSON.stringify(OUT)});\n${script}`);
  const child = spawn(process.execPath, [JITI, file]);
  // In a second run, both streams are one pipe, which shows the order of the writes.
  const mergedChild = spawn('sh', ['-c', 'exec "$@" 2>&1', 'sh', process.execPath, JITI, file]);
  const texts = { stdout: '', stderr: '', merged: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  mergedChild.stdout.on('data', (chunk: Buffer) => (texts.merged += chunk.toString()));
  const [[status]] = (await Promise.all([once(child, 'close'), once(mergedChild, 'close')])) as [
    [number | null],
    unknown,
  ];
  return { status, ...texts };
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `${n}\n`).join('');

test('prints lines in order, with and without pauses between them', async () => {
  const { stdout } = await run(`
    let n = 0;
    const printMore = () => { for (let end = n + 100; n < end; n += 1) printLine(String(n)); };
    printMore();
    setImmediate(printMore);
    setTimeout(printMore, 3);
    setTimeout(printMore, 40);
  `);
  expect(stdout).toBe(numbers(400));
});

test('prints a line on stderr after all earlier lines and before all later lines', async () => {
  const { merged, stdout, stderr } = await run(`
    printLine('one');
    printLine('two');
    printError('three');
    printLine('four');
    printError('five');
  `);
  expect(merged).toBe('one\ntwo\nthree\nfour\nfive\n');
  expect(stdout).toBe('one\ntwo\nfour\n');
  expect(stderr).toBe('three\nfive\n');
});

test.each([
  ['process.exit', 'process.exit(3)', 3],
  ['an empty event loop', '', 0],
  ['an uncaught error', 'throw new Error("thrown")', 1],
])('loses no line when the process ends with %s', async (_, end, status) => {
  const output = await run(`
    printLine('first');
    // So soon after the first line, the next lines wait and are written together.
    setImmediate(() => setImmediate(() => {
      for (let n = 0; n < 5000; n += 1) printLine(String(n));
      ${end}
    }));
  `);
  expect(output.status).toBe(status);
  expect(output.stdout).toBe(`first\n${numbers(5000)}`);
});

test('writes the first line after a pause immediately', async () => {
  const { stdout } = await run(`
    printLine('first');
    setImmediate(() => setImmediate(() => process.kill(process.pid, 'SIGKILL')));
  `);
  expect(stdout).toBe('first\n');
});
