/** A replacement is used for the content that it was written for; any other content gives the stock SDK. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { replacements } from '../src';
import { sdkChanges } from '../src/changes';
import { changedReplacements, findSdk } from '../src/installed-sdk';
import { build } from './support/build';

const PACKAGE = path.join(__dirname, '..');
const MODULES = path.resolve(path.dirname(require.resolve('esbuild/package.json')), '..');
const NAMES = replacements.map(({ package: name, file }) => `${name}/${file}`);

let folder: string;

/** A project with copies of the three packages that have replaced files. */
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'lean-dynamodb-'));
  const modules = path.join(folder, 'node_modules');
  for (const scope of ['@aws-sdk', '@smithy']) mkdirSync(path.join(modules, scope), { recursive: true });
  for (const name of new Set(replacements.map((replacement) => replacement.package))) {
    cpSync(path.join(MODULES, name, 'package.json'), path.join(modules, name, 'package.json'));
    cpSync(path.join(MODULES, name, 'dist-es'), path.join(modules, name, 'dist-es'), { recursive: true });
  }
  for (const name of ['@aws-sdk/core', '@aws-sdk/util-dynamodb', '@aws-sdk/dynamodb-codec', '@smithy/types', 'tslib']) {
    symlinkSync(path.join(MODULES, name), path.join(modules, name));
  }
  cpSync(path.join(PACKAGE, '__tests__/support/get-item.ts'), path.join(folder, 'index.ts'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const installed = (name: string) => path.join(folder, 'node_modules', name);

async function bundle() {
  const { warnings, metafile } = await build(
    path.join(folder, 'index.ts'),
    path.join(folder, 'out.js'),
    'lean',
    folder,
  );
  const isLean = Object.keys(metafile.inputs).some((name) => name.includes('src/client/send.ts'));
  return { isLean, warnings: warnings.map(({ text }) => text) };
}

function setVersion(name: string, version: string): void {
  const file = installed(`${name}/package.json`);
  const content = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...content, version }));
}

test('the SDK that is installed here has the files that the replacements were written for', () => {
  expect(changedReplacements(findSdk(PACKAGE))).toEqual([]);
});

test('files with equal bytes in other versions of their packages are replaced', async () => {
  for (const { package: name } of replacements) setVersion(name, '99.0.0');
  expect(await bundle()).toEqual({ isLean: true, warnings: [] });
});

test.each(NAMES)('a changed %s gives the stock SDK, and one warning with the file and the script', async (name) => {
  setVersion(name.split('/').slice(0, 2).join('/'), '99.0.0');
  appendFileSync(installed(name), '\n// changed\n');
  const { isLean, warnings } = await bundleStock();
  expect(isLean).toBe(false);
  expect(warnings).toEqual([expect.stringContaining(`stock AWS SDK, because ${name} differs`)]);
  expect(warnings[0]).toContain('installed: 99.0.0');
  expect(warnings[0]).toContain('npx lean-dynamodb changes');
  expect(warnings[0]).not.toContain('\n');
});

/** The stock SDK needs more packages than a copy has: they stay out of the bundle. */
async function bundleStock() {
  for (const name of ['@aws-sdk/credential-provider-node', '@aws-sdk/middleware-endpoint-discovery']) {
    symlinkSync(path.join(MODULES, name), path.join(folder, 'node_modules', name));
  }
  symlinkSync(path.join(MODULES, '@smithy/node-http-handler'), installed('@smithy/node-http-handler'));
  return bundle();
}

test('a missing file gives the stock SDK', () => {
  rmSync(installed(NAMES[0] ?? ''));
  expect(changedReplacements(findSdk(folder)).map(({ file }) => file)).toEqual([replacements[0]?.file]);
});

test('a bundle without DynamoDB has no warning', async () => {
  appendFileSync(installed(NAMES[0] ?? ''), '\n');
  writeFileSync(path.join(folder, 'index.ts'), 'export const handler = () => 1;');
  expect(await bundle()).toEqual({ isLean: false, warnings: [] });
});

test('a second copy of the SDK is refused, as it would be mixed with the first', async () => {
  const copy = path.join(folder, 'shared/node_modules/@aws-sdk/client-dynamodb');
  cpSync(installed('@aws-sdk/client-dynamodb'), copy, { recursive: true });
  writeFileSync(path.join(folder, 'shared/index.ts'), "export { DynamoDBClient } from '@aws-sdk/client-dynamodb';");
  appendFileSync(path.join(folder, 'index.ts'), "\nexport { DynamoDBClient as Other } from './shared';\n");
  await expect(bundle()).rejects.toThrow(/Two copies of the AWS SDK are imported: .*shared.*npm dedupe/);
});

describe('the command', () => {
  const run = (command: string) =>
    spawnSync(process.execPath, [path.join(PACKAGE, 'bin/lean-dynamodb.mjs'), command], {
      cwd: folder,
      encoding: 'utf8',
    });

  test('check ends with 0 for the files that the replacements were written for, and with 1 for others', () => {
    expect(run('check')).toMatchObject({ status: 0, stderr: '' });
    appendFileSync(installed(NAMES[0] ?? ''), '\n');
    expect(run('check')).toMatchObject({ status: 1, stderr: expect.stringContaining(NAMES[0] ?? '') as unknown });
  });

  test('changes shows a changed file as a diff, and says which files are the same', () => {
    appendFileSync(installed(NAMES[1] ?? ''), '// a new line\n');
    const text = sdkChanges(findSdk(folder), (name) => path.join(MODULES, name));
    expect(text).toContain(`changed  ${NAMES[1]}`);
    expect(text).toContain('\n+// a new line\n');
    expect(text.match(/^same /gm)).toHaveLength(NAMES.length - 1);
  });
});
