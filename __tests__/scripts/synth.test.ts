/** `npm run synth` against `cdktf synth`: the same files, refusals and warnings. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/local-run';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'synth-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { CI: _, ...own } = process.env;
  return spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...own, CHECKPOINT_DISABLE: '1', ...env },
  });
}

const ours = (out: string, env?: NodeJS.ProcessEnv) =>
  run(['-r', './cache/typescript.cjs', 'scripts/synth.ts', '--output', out], env);

/** Contents by path; without the stack traces of warnings, which name whoever called the app. */
function contents(out: string): Record<string, string> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const text = readFileSync(file).toString('latin1');
      return [path.relative(out, file), text.replaceAll(/"stacktrace": \[[^\]]*\]/g, '')];
    }),
  );
}

test('the files are those of cdktf synth', () => {
  const [own, theirs] = [path.join(folder, 'own'), path.join(folder, 'theirs')];
  const { status, stdout } = ours(own);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringContaining('stacks/items/cdk.tf.json') as unknown,
  });
  expect(run(['node_modules/.bin/cdktf', 'synth', '--output', theirs]).status).toBe(0);
  expect(Object.keys(contents(own))).toContain('stacks/items/cdk.tf.json');
  expect(contents(own)).toEqual(contents(theirs));
}, 120_000);

test('what is left of a stack that is no more is removed, what Terraform left stays', () => {
  const out = path.join(folder, 'again');
  mkdirSync(path.join(out, 'stacks/gone'), { recursive: true });
  mkdirSync(path.join(out, 'stacks/items/.terraform'), { recursive: true });
  expect(ours(out).status).toBe(0);
  expect(existsSync(path.join(out, 'stacks/gone'))).toBe(false);
  expect(existsSync(path.join(out, 'stacks/items/.terraform'))).toBe(true);
});

test('what stacks have to say is shown', () => {
  expect(ours(path.join(folder, 'alone')).stderr).toContain('INFO [items]: ');

  const { status, stderr } = ours(path.join(folder, 'ci'), { CI: 'true' });
  expect(status).toBe(0);
  expect(stderr).toContain('WARN [items]: Terraform will refuse to plan');
});

test('a wrong setting ends it, in the words of the app', () => {
  const { status, stderr } = ours(path.join(folder, 'wrong'), { ENVIRONMENT: 'No!' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/environment .*saw "No!"/);
  expect(stderr).not.toContain('    at ');
});
