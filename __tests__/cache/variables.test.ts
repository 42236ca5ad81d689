/** Which environment variables a process read: all that it may have, in whatever way. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/local-run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'variables-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly variables: readonly string[] | null;
  readonly output: string;
}

/** @param before options of Node.js before ours */
function run(source: string, before: readonly string[] = [], environment = {}): Said {
  const [app, inputs] = [path.join(folder, 'app.js'), path.join(folder, 'inputs.json')];
  writeFileSync(app, source);
  const args = [...before, '-r', path.join(ROOT, 'cache/typescript.cjs'), app];
  const env = { PATH: process.env['PATH'], SEEN: 'yes', OTHER: 'x', INPUTS_FILE: inputs, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  const { variables } = JSON.parse(readFileSync(inputs, 'utf8')) as Said;
  return { variables, output: stdout.trim() };
}

test.each([
  ['by name', 'console.log(process.env.SEEN);', 'yes'],
  ['destructured', 'const { SEEN } = process.env; console.log(SEEN);', 'yes'],
  ['asked for', "console.log('SEEN' in process.env);", 'true'],
  ['asked for, of its own', "console.log(Object.hasOwn(process.env, 'SEEN'));", 'true'],
  ['of the module', "console.log(require('node:process').env.SEEN);", 'yes'],
  ['of the module, imported', "import('node:process').then(({ env }) => console.log(env.SEEN));", 'yes'],
  ['set before', 'process.env.SEEN = 1; console.log(process.env.SEEN);', '1'],
  ['removed', 'delete process.env.SEEN; console.log(process.env.SEEN);', 'undefined'],
])('%s', (_, source, output) => {
  const said = run(source);
  expect(said.output).toBe(output);
  expect(said.variables).toContain('SEEN');
  expect(said.variables).not.toContain('OTHER');
});

test.each([
  ['copied', 'console.log({ ...process.env }.SEEN);'],
  ['listed', "console.log(Object.keys(process.env).includes('SEEN') && 'yes');"],
  [
    'of a process that was started',
    "console.log(require('child_process').execFileSync(process.execPath, ['-p', 'process.env.SEEN']).toString().trim());",
  ],
  ['of a thread', "new (require('worker_threads').Worker)('console.log(process.env.SEEN)', { eval: true });"],
])('%s: all count as read', (_, source) => {
  expect(run(source)).toEqual({ variables: null, output: 'yes' });
});

test('what ran before may have read any', () => {
  const before = path.join(folder, 'before.cjs');
  writeFileSync(before, 'process.env.SEEN;');
  expect(run('', ['-r', before]).variables).toBeNull();
  expect(run('', [], { NODE_OPTIONS: `--require ${before}` }).variables).toBeNull();
});
