/** `npm run synth` writes the same files as `cdktf synth`, and reports errors and warnings. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { items } from '../../function/items/contract';
import { JITI, ROOT } from '../support/local-run';
import { copyProject } from '../support/project-copy';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'synth-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { CI: _, ...environment } = process.env;
  return spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...environment, CHECKPOINT_DISABLE: '1', ...env },
  });
}

const synth = (out: string, env?: NodeJS.ProcessEnv) => run([JITI, 'scripts/synth.ts', '--output', out], env);

/** File contents by path. Stack traces of warnings are removed: they depend on the caller of the app. */
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

test('writes the same files as cdktf synth', () => {
  const [ours, theirs] = [path.join(folder, 'new/ours'), path.join(folder, 'theirs')];
  const { status, stdout } = synth(ours);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringContaining('stacks/items/cdk.tf.json') as unknown,
  });
  expect(run(['node_modules/.bin/cdktf', 'synth', '--output', theirs]).status).toBe(0);
  expect(Object.keys(contents(ours))).toContain('stacks/items/cdk.tf.json');
  expect(contents(ours)).toEqual(contents(theirs));
}, 120_000);

test('removes the files of cdktf synth --hcl, which Terraform would read as duplicates', () => {
  const out = path.join(folder, 'hcl');
  const formats = () => readdirSync(path.join(out, 'stacks/items')).filter((name) => name.startsWith('cdk.tf'));
  expect(run(['node_modules/.bin/cdktf', 'synth', '--hcl', '--output', out]).status).toBe(0);
  expect(formats()).toEqual(['cdk.tf']);
  expect(synth(out).status).toBe(0);
  expect(formats()).toEqual(['cdk.tf.json']);
  expect(run(['node_modules/.bin/cdktf', 'synth', '--hcl', '--output', out]).status).toBe(0);
  expect(formats()).toEqual(['cdk.tf']);
}, 120_000);

test('removes the folder of a stack that the app no longer has, and keeps all other folders', () => {
  const out = path.join(folder, 'stale');
  expect(synth(out).status).toBe(0);
  const file = path.join(out, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { stacks: Record<string, object> };
  for (const name of ['gone', 'foreign']) mkdirSync(path.join(out, 'stacks', name));
  writeFileSync(path.join(out, 'stacks/gone/cdk.tf.json'), '{}');
  mkdirSync(path.join(out, 'stacks/items/.terraform'));
  const gone = { ...manifest.stacks[items.name], name: 'gone', workingDirectory: 'stacks/gone' };
  writeFileSync(file, JSON.stringify({ ...manifest, stacks: { ...manifest.stacks, gone } }));
  expect(synth(out).status).toBe(0);
  const expected = ['foreign', ...Object.keys(manifest.stacks)].sort();
  expect(readdirSync(path.join(out, 'stacks')).sort()).toEqual(expected);
  expect(existsSync(path.join(out, 'stacks/items/.terraform'))).toBe(true);
});

test.each(['.', '..', 'stacks'])('refuses to synthesize into a folder with sources: %s', (out) => {
  const before = readdirSync(path.join(ROOT, 'stacks'));
  const { status, stderr } = synth(out);
  expect(status).toBe(1);
  expect(stderr).toContain('Choose a separate folder');
  expect(readdirSync(path.join(ROOT, 'stacks'))).toEqual(before);
});

test('fails when the app does not synthesize, although the output of an earlier run exists', () => {
  const copy = copyProject();
  const synthCopy = () =>
    spawnSync(process.execPath, [JITI, 'scripts/synth.ts'], {
      cwd: copy.root,
      encoding: 'utf8',
    });
  try {
    expect(synthCopy().status).toBe(0);
    copy.overwrite('main.ts', 'export {};\n');
    const { status, stdout, stderr } = synthCopy();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('Call app.synth() at its end.');
  } finally {
    rmSync(copy.root, { recursive: true });
  }
});

test('prints only the function, the place and the error when a function does not build', () => {
  const copy = copyProject();
  try {
    copy.overwrite('function/items/index.ts', 'import ;\n');
    const { status, stderr } = spawnSync(process.execPath, [JITI, 'scripts/synth.ts'], {
      cwd: copy.root,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: '\nfunction/items/index.ts does not build:\n' + 'function/items/index.ts:1:7: ERROR: Unexpected ";"\n',
    });
  } finally {
    rmSync(copy.root, { recursive: true });
  }
});

test('prints the information and warnings of the stacks', () => {
  // In a copy without settings: a project may name a state bucket.
  const copy = copyProject();
  try {
    copy.overwrite('cdktf.json', '{ "app": "node app.cjs" }');
    const synthCopy = (CI: string) =>
      spawnSync(process.execPath, [JITI, 'scripts/synth.ts'], {
        cwd: copy.root,
        encoding: 'utf8',
        env: { ...process.env, STATE_BUCKET: '', CI },
      });
    expect(synthCopy('').stderr).toContain('INFO [items]: ');
    const { status, stderr } = synthCopy('true');
    expect(status).toBe(0);
    expect(stderr).toContain('WARN [items]: Terraform will refuse to plan');
  } finally {
    rmSync(copy.root, { recursive: true });
  }
});

test('fails with the message of the app when a setting is invalid', () => {
  const { status, stderr } = synth(path.join(folder, 'wrong'), { ENVIRONMENT: 'No!' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/environment .* is "No!"/);
  expect(stderr).not.toContain('    at ');
});

test('synthesizes an app in another folder', () => {
  const out = path.join(folder, 'links');
  const { status, stdout } = run([JITI, 'scripts/synth.ts', 'examples/links', '--output', out]);
  expect([status, readdirSync(path.join(out, 'stacks'))]).toEqual([0, ['links']]);
  expect(stdout).toMatch(/^links {2}.*links\/stacks\/links\/cdk\.tf\.json\n$/);
});

test('passes the relative Terraform modules of cdktf.json to the app, and leaves out wrong ones', () => {
  const root = path.join(folder, 'modules');
  mkdirSync(root);
  const app = `node -e "require('fs').writeFileSync('context.json', process.env.CDKTF_CONTEXT_JSON)"`;
  const queue = { name: 'queue', source: './modules/queue' };
  const passed = (terraformModules: unknown) => {
    writeFileSync(path.join(root, 'cdktf.json'), JSON.stringify({ app, terraformModules }));
    run([JITI, 'scripts/synth.ts', '--output', path.join(folder, 'modules-out'), root]);
    const context = JSON.parse(readFileSync(path.join(root, 'context.json'), 'utf8')) as Record<string, unknown>;
    return context['cdktfRelativeModules'];
  };
  expect(passed([queue, '../topic', 'terraform-aws-modules/vpc/aws', null, {}, 5])).toEqual([queue, '../topic']);
  expect(passed('./modules/queue')).toEqual([]);
});
