/** The plugin replaces only files with the expected content. A file with other content gives the stock SDK. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import esbuild, { type Plugin } from 'esbuild';
import { leanDynamodb, replacements, sdkModules } from '../src';
import { acceptChanges } from '../src/accept';
import { sdkChanges } from '../src/changes';
import { changedReplacements, fallbackMessage, findSdk, sha256 } from '../src/installed-sdk';
import { build } from './support/build';

const PACKAGE = path.join(__dirname, '..');
const NODE_MODULES = path.resolve(path.dirname(require.resolve('esbuild/package.json')), '..');
/** `package/file` of each replaced file. */
const REPLACED_FILES = replacements.map(({ package: name, file }) => `${name}/${file}`);

let folder: string;

/** Creates a project with copies of the three packages that contain replaced files. */
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'lean-dynamodb-'));
  const modules = path.join(folder, 'node_modules');
  for (const scope of ['@aws-sdk', '@smithy']) mkdirSync(path.join(modules, scope), { recursive: true });
  for (const name of new Set(replacements.map((replacement) => replacement.package))) {
    cpSync(path.join(NODE_MODULES, name, 'package.json'), path.join(modules, name, 'package.json'));
    for (const build of ['dist-cjs', 'dist-es']) {
      cpSync(path.join(NODE_MODULES, name, build), path.join(modules, name, build), { recursive: true });
    }
  }
  for (const name of ['@aws-sdk/core', '@aws-sdk/util-dynamodb', '@aws-sdk/dynamodb-codec', '@smithy/types', 'tslib']) {
    symlinkSync(path.join(NODE_MODULES, name), path.join(modules, name));
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

test('the installed SDK has the content that the replacements expect', () => {
  expect(changedReplacements(findSdk(PACKAGE))).toEqual([]);
});

test('replaces files with the expected content in any version of their packages', async () => {
  for (const { package: name } of replacements) setVersion(name, '99.0.0');
  expect(await bundle()).toEqual({ isLean: true, warnings: [] });
});

test.each(REPLACED_FILES)(
  'a changed %s gives the stock SDK, and one warning that names the file and the command',
  async (name) => {
    setVersion(name.split('/').slice(0, 2).join('/'), '99.0.0');
    appendFileSync(installed(name), '\n// changed\n');
    const { isLean, warnings } = await bundleStock();
    expect(isLean).toBe(false);
    expect(warnings).toEqual([expect.stringContaining(`stock AWS SDK, because ${name} differs`)]);
    expect(warnings[0]).toContain('installed: 99.0.0');
    expect(warnings[0]).toContain('npx lean-dynamodb changes');
    expect(warnings[0]).not.toContain('\n');
  },
);

test('the bundle of a changed SDK has the same bytes as a bundle of the stock SDK', async () => {
  appendFileSync(installed(REPLACED_FILES[0] ?? ''), '\n// changed\n');
  linkStockPackages();
  const bytesWith = async (plugin: Plugin) => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: folder,
      entryPoints: ['index.ts'],
      bundle: true,
      platform: 'node',
      mainFields: ['main'],
      conditions: [],
      write: false,
      logLevel: 'silent',
      plugins: [plugin],
    });
    return outputFiles[0]?.hash;
  };
  expect(await bytesWith(leanDynamodb())).toBe(await bytesWith(sdkModules()));
});

/** Bundles with the packages that only the stock SDK needs. */
async function bundleStock() {
  linkStockPackages();
  return bundle();
}

function linkStockPackages(): void {
  for (const name of ['@aws-sdk/credential-provider-node', '@aws-sdk/middleware-endpoint-discovery']) {
    symlinkSync(path.join(NODE_MODULES, name), path.join(folder, 'node_modules', name));
  }
  symlinkSync(path.join(NODE_MODULES, '@smithy/node-http-handler'), installed('@smithy/node-http-handler'));
}

test('a missing file counts as changed', () => {
  rmSync(installed(REPLACED_FILES[0] ?? ''));
  expect(changedReplacements(findSdk(folder)).map(({ file }) => file)).toEqual([replacements[0]?.file]);
});

describe('the reason for the stock SDK', () => {
  const name = '@aws-sdk/client-dynamodb';
  const message = () => fallbackMessage(findSdk(folder), changedReplacements(findSdk(folder)));

  test('is a changed file, when the version is the expected version', () => {
    appendFileSync(installed(REPLACED_FILES[0] ?? ''), '\n// patched\n');
    expect(message()).toContain(`${REPLACED_FILES[0]} was changed after its installation, in version`);
  });

  test('is a missing file', () => {
    rmSync(installed(REPLACED_FILES[0] ?? ''));
    expect(message()).toContain(`${REPLACED_FILES[0]} is missing (installed: `);
  });

  test('is a missing package', () => {
    rmSync(installed(name), { recursive: true });
    expect(message()).toContain(`because the package ${name} is not installed. Run \`npm install ${name}\`.`);
  });
});

test('a bundle without DynamoDB gets no warning', async () => {
  appendFileSync(installed(REPLACED_FILES[0] ?? ''), '\n');
  writeFileSync(path.join(folder, 'index.ts'), 'export const handler = () => 1;');
  expect(await bundle()).toEqual({ isLean: false, warnings: [] });
});

test('two copies of the SDK give the stock SDK, and one warning that names both', async () => {
  const copy = path.join(folder, 'shared/node_modules/@aws-sdk/client-dynamodb');
  cpSync(installed('@aws-sdk/client-dynamodb'), copy, { recursive: true });
  writeFileSync(path.join(folder, 'shared/index.ts'), "export { DynamoDBClient } from '@aws-sdk/client-dynamodb';");
  appendFileSync(path.join(folder, 'index.ts'), "\nexport { DynamoDBClient as Other } from './shared';\n");
  const { isLean, warnings } = await bundleStock();
  expect(isLean).toBe(false);
  expect(warnings).toEqual([expect.stringContaining('import two copies of it')]);
  expect(warnings[0]).toContain(`: ${copy} and ${installed('@aws-sdk/client-dynamodb')}. Remove one copy`);
  expect(readFileSync(path.join(folder, 'out.js'), 'utf8')).not.toContain('lean DynamoDB client');
});

describe('the command lean-dynamodb', () => {
  const run = (command: string) =>
    spawnSync(process.execPath, [path.join(PACKAGE, 'bin/lean-dynamodb.mjs'), command], {
      cwd: folder,
      encoding: 'utf8',
    });

  test('check ends with status 0 for unchanged files, and with status 1 for a changed file', () => {
    expect(run('check')).toMatchObject({ status: 0, stderr: '' });
    appendFileSync(installed(REPLACED_FILES[0] ?? ''), '\n');
    expect(run('check')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(REPLACED_FILES[0] ?? '') as unknown,
    });
  });

  test('changes shows a diff of a changed file, and lists the unchanged files', () => {
    appendFileSync(installed(REPLACED_FILES[1] ?? ''), '// a new line\n');
    const text = sdkChanges(findSdk(folder), (name) => path.join(NODE_MODULES, name));
    expect(text).toContain(`changed  ${REPLACED_FILES[1]}`);
    expect(text).toContain('\n+// a new line\n');
    expect(text.match(/^same /gm)).toHaveLength(REPLACED_FILES.length - 1);
  });

  test('accept adds the content of a changed file, with the version of its package', () => {
    const before = readFileSync(path.join(PACKAGE, 'src/replacements.ts'), 'utf8');
    const copy = path.join(folder, 'replacements.ts');
    writeFileSync(copy, before);
    expect(acceptChanges(findSdk(folder), copy)).toBe('No replaced file has changed.\n');
    const [name = ''] = REPLACED_FILES;
    setVersion('@aws-sdk/client-dynamodb', '99.0.0');
    appendFileSync(installed(name), '\n// changed\n');
    expect(acceptChanges(findSdk(folder), copy)).toBe(`accepted ${name} (99.0.0)\n`);
    const line = `      '99.0.0': '${sha256(installed(name))}',\n`;
    const after = readFileSync(copy, 'utf8');
    expect(after.replace(line, '')).toBe(before);
    const block = after.slice(
      after.indexOf(`file: '${replacements[0]?.file}'`),
      after.indexOf('replacementFile:', 1500),
    );
    expect(block).toContain(line);
  });

  test('accept refuses a replacements.ts in another format', () => {
    const [name = ''] = REPLACED_FILES;
    const copy = path.join(folder, 'replacements.ts');
    writeFileSync(copy, readFileSync(path.join(PACKAGE, 'src/replacements.ts'), 'utf8').replaceAll("'", '"'));
    appendFileSync(installed(name), '\n// changed\n');
    expect(() => acceptChanges(findSdk(folder), copy)).toThrow(
      `replacements.ts has the contents of ${name} in another format. Format it with Prettier, and run accept again.`,
    );
  });

  test('accept refuses a missing file', () => {
    rmSync(installed(REPLACED_FILES[0] ?? ''));
    expect(() => acceptChanges(findSdk(folder), path.join(folder, 'none.ts'))).toThrow(
      `${REPLACED_FILES[0]} is missing in version `,
    );
  });
});
