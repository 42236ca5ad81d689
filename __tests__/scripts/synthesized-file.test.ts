/** The file with all synthesized stacks: written without credentials, taken from an artifact, checked, and unpacked. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSingleFile } from '../../scripts/github/one-file';
import {
  notPlannedMarkdown,
  unpackSynthesizedFile,
  writeSynthesizedFile,
} from '../../scripts/terraform/synthesized-file';
import { trustedTarget } from '../../scripts/terraform/trusted-target';
import { readSettings } from '../../stacks/settings';
import { JITI, ROOT } from '../support/local-run';

let folder: string;

beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'synthesized-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('readSingleFile', () => {
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  const SHA256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  test('reads the only file, with any name', () => {
    write('package.json', 'abc');
    expect(readSingleFile(folder, 3).toString()).toBe('abc');
    expect(readSingleFile(folder, 3, SHA256).toString()).toBe('abc');
  });

  test.each<[string, () => void, string]>([
    ['an empty folder', () => undefined, 'has 0 entries.'],
    ['two files', () => ['a', 'b'].forEach((name) => write(name, 'abc')), 'has 2 entries: ["a","b"].'],
    [
      'a file beside a hidden file',
      () => ['.npmrc', 'b'].forEach((name) => write(name, 'abc')),
      'has 2 entries: [".npmrc","b"].',
    ],
    [
      'a name with a line end',
      () => mkdirSync(path.join(folder, 'a\n::error::x')),
      'has "a\\n::error::x", which is a link or a folder.',
    ],
    ['a folder', () => mkdirSync(path.join(folder, 'a')), 'has "a", which is a link or a folder.'],
    ['a link', () => symlinkSync('/etc/hostname', path.join(folder, 'a')), 'has "a", which is a link or a folder.'],
    ['a named pipe', () => execFileSync('mkfifo', [path.join(folder, 'a')]), 'has "a", which is a link or a folder.'],
    ['a file over the limit', () => write('a', 'abcd'), 'has "a" with 4 bytes; the maximum is 3.'],
    [
      'another content',
      () => write('a', 'abd'),
      `has "a" with the SHA-256 a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9, not ${SHA256}.`,
    ],
  ])('refuses %s', (_, prepare, message) => {
    prepare();
    expect(() => readSingleFile(folder, 3, SHA256)).toThrow(`${folder} ${message} Download an artifact with one file`);
  });

  test('runs as the command take-artifact', () => {
    write('a', 'abc');
    const output = path.join(folder, '../taken');
    const take = (...args: string[]) =>
      spawnSync(process.execPath, [JITI, 'scripts/github.ts', 'take-artifact', ...args, output], {
        cwd: ROOT,
        encoding: 'utf8',
      });
    expect(take('--from', folder, '--limit', '3', '--sha256', SHA256)).toMatchObject({ status: 0 });
    expect(readFileSync(output, 'utf8')).toBe('abc');
    rmSync(output);
    expect(take('--from', folder, '--limit', '2').stderr).toContain('the maximum is 2');
    expect(take('--from', folder, '--limit', '0').stderr).toContain('--limit: saw "0". Pass a number of bytes');
    expect(existsSync(output)).toBe(false);
  });
});

describe('unpackSynthesizedFile', () => {
  const SETTINGS = readSettings({ stateBucket: 'acme-states' }, {});
  const unpack = (text: string) =>
    unpackSynthesizedFile(text, (stack) => trustedTarget(SETTINGS, stack), path.join(folder, 'out'));
  const templateOf = (stack: string, more = {}) => {
    const { region, backend, providerVersion: version } = trustedTarget(SETTINGS, stack);
    return {
      terraform: { backend, required_providers: { aws: { source: 'aws', version } } },
      provider: { aws: [{ region }] },
      ...more,
    };
  };
  const file = (stacks: object, more = {}) => JSON.stringify({ version: 1, first: '', stacks, ...more });

  test('writes each stack into its folder, in an empty output folder', () => {
    mkdirSync(path.join(folder, 'out/stacks/items'), { recursive: true });
    writeFileSync(path.join(folder, 'out/stacks/items/override.tf.json'), '{}');
    const unpacked = unpack(
      file({ items: templateOf('items', { '//': { a: 1 } }), state: { module: {} } }, { first: '> x\n' }),
    );
    expect(unpacked).toEqual({
      stacks: [{ name: 'items', folder: path.join(folder, 'out/stacks/items') }],
      first: '> x\n',
      moves: [],
    });
    expect(readdirSync(path.join(folder, 'out/stacks'))).toEqual(['items']);
    expect(readdirSync(path.join(folder, 'out/stacks/items'))).toEqual(['cdk.tf.json']);
    const written = JSON.parse(readFileSync(path.join(folder, 'out/stacks/items/cdk.tf.json'), 'utf8')) as unknown;
    expect(written).toEqual({ ...templateOf('items'), resource: {}, data: {} });
  });

  test('writes only the last of doubled keys, which Terraform would merge', () => {
    const text = file({ items: templateOf('items', { resource: { aws_sns_topic: {} } }) });
    unpack(text.replace('"resource":', '"resource":{"null_resource":{"x":{}}},"resource":'));
    expect(readFileSync(path.join(folder, 'out/stacks/items/cdk.tf.json'), 'utf8')).not.toContain('null_resource');
  });

  test('reports the faults of all stacks, and writes nothing', () => {
    const text = file({ items: templateOf('items', { module: {} }), orders: templateOf('orders', { locals: {} }) });
    expect(() => unpack(text)).toThrow(
      /^Nothing was planned\.[^]*\n {2}- items: .*"module"[^]*\n {2}- orders: .*"locals"/,
    );
    expect(existsSync(path.join(folder, 'out'))).toBe(false);
  });

  test('writes nothing when a stack has another state than on the base branch', () => {
    const { stacks, moves } = unpack(file({ items: templateOf('items'), orders: templateOf('items') }));
    expect(stacks).toEqual([]);
    expect(moves).toEqual([expect.stringContaining('orders: terraform.backend is')]);
    expect(existsSync(path.join(folder, 'out'))).toBe(false);
    const markdown = notPlannedMarkdown(moves);
    expect(markdown).toMatch(
      /^## Terraform plan: none before the merge\n\n> \[!WARNING\]\n> This pull request moves stacks/,
    );
    expect(
      markdown
        .trim()
        .split('\n')
        .slice(2)
        .every((line) => line.startsWith('>')),
    ).toBe(true);
  });

  test.each([
    ['no JSON', 'text', 'is not JSON'],
    ['null', 'null', 'has version undefined, not 1'],
    ['another version', file({}, { version: 2 }), 'has version 2, not 1'],
    ['a list of stacks', file([]), 'has no stacks'],
    ['no text', file({}, { first: 1 }), 'needs a text of at most 15000 bytes'],
    ['a long text', file({}, { first: 'ä'.repeat(7501) }), 'needs a text of at most 15000 bytes'],
    [
      'many stacks',
      file(Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`s${index}`, {}]))),
      'has 101 stacks; the maximum is 100',
    ],
    ['a path as a name', file({ '../../scripts': {} }), 'has the stack names ["../../scripts"]'],
    ['a name of a property', '{"version":1,"first":"","stacks":{"__proto__":{}}}', 'has the stack names ["__proto__"]'],
  ])('refuses a file with %s', (_, text, message) => expect(() => unpack(text)).toThrow(message));
});

test('npm run synth -- --bundle writes the stacks that the check accepts', () => {
  const environment = { ...process.env, CI: '', STATE_BUCKET: 'acme-states' };
  const { context } = JSON.parse(readFileSync(path.join(ROOT, 'cdktf.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  const settings = readSettings(context, environment);
  const [bundle, first] = [path.join(folder, 'synth.json'), path.join(folder, 'breaks.md')];
  writeFileSync(first, '> breaks\n');
  const args = ['scripts/synth.ts', '--output', path.join(folder, 'app'), '--bundle', bundle, '--first', first];
  const { status, stderr } = spawnSync(process.execPath, [JITI, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: environment,
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const unpacked = unpackSynthesizedFile(
    readFileSync(bundle, 'utf8'),
    (stack) => trustedTarget(settings, stack),
    path.join(folder, 'out'),
  );
  expect(unpacked).toMatchObject({ first: '> breaks\n', moves: [] });
  const { stacks } = JSON.parse(readFileSync(path.join(folder, 'app/manifest.json'), 'utf8')) as { stacks: object };
  expect(unpacked.stacks.map(({ name }) => name)).toEqual(Object.keys(stacks).filter((name) => name !== 'state'));
  expect(Object.keys(stacks)).toContain('state');
}, 120_000);

test('writeSynthesizedFile writes valid JSON without stacks', () => {
  const file = path.join(folder, 'empty.json');
  writeSynthesizedFile(file, [], '');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, stacks: {}, first: '' });
});
