/** Warnings and errors of bundling: each has its file and line, and an error names the function and the remedy. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { bundleFunctions } from '../../constructs/bundle';
import { ENTRY, FunctionProject } from '../support/function-project';

let project: FunctionProject;

beforeEach(() => {
  project = new FunctionProject();
});

afterEach(() => project.remove());

/** Waits: the cache does not store a bundle when a file changed within 10 ms before the build. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('a warning', () => {
  const SOURCE = `export const handler = async (event) => {
  return Number(event.price) === NaN ? 'no number' : 'a number';
};
`;

  test('is printed with its file and line, and the function is bundled', async () => {
    expect(await project.answerOf(SOURCE.replace('event.price', '"x"'))).toBe('a number');
    expect(project.printed).toHaveLength(1);
    expect(project.printed[0]).toMatch(
      /^function\/parcels\/index\.ts:2:\d+: WARNING: Comparison with NaN .*\n {2}Floating-point/,
    );
  });

  test('is printed for a cached bundle, too, until it is corrected', async () => {
    project.write({ [ENTRY]: SOURCE, 'function/other/index.ts': 'export const handler = async () => 1;' });
    await settle();
    const bundle = () => bundleFunctions([ENTRY, 'function/other/index.ts'], { root: project.root });
    await bundle();
    await bundle();
    expect(project.printed).toHaveLength(2);
    expect(project.printed[1]).toBe(project.printed[0]);
    project.write({ [ENTRY]: 'export const handler = async () => 2;' });
    await bundle();
    expect(project.printed).toHaveLength(2);
  });

  test('is printed once for functions that share its file', async () => {
    project.write({
      'function/shared/price.ts': 'export const isPrice = (price) => price !== NaN;',
      'function/a/index.ts': "import { isPrice } from '../shared/price'; export const handler = isPrice;",
      'function/b/index.ts': "import { isPrice } from '../shared/price'; export const handler = (a) => !isPrice(a);",
    });
    await bundleFunctions(['function/a/index.ts', 'function/b/index.ts'], { root: project.root });
    expect(project.printed).toEqual([expect.stringMatching(/^function\/shared\/price\.ts:1:\d+: WARNING: /)]);
  });

  test('is not printed for the code of a package', async () => {
    project.install('careless', { 'index.js': 'exports.odd = (a) => a === NaN || typeof a == "nul" || a === -0;' });
    await project.bundle("import { odd } from 'careless'; export const handler = async () => odd(1);");
    expect(project.printed).toEqual([]);
  });

  test('names a required package that is not installed', async () => {
    project.install('parcel-db', {
      'package.json': '{"dependencies":{"@scope/driver":"1"}}',
      'index.js': "exports.connect = () => require('@scope/driver/lib');",
    });
    await project.bundle("import { connect } from 'parcel-db'; export const handler = async () => connect();");
    expect(project.printed).toEqual([
      expect.stringMatching(
        /^node_modules\/parcel-db\/index\.js:1:\d+: WARNING: The package parcel-db loads @scope\/driver, which is not installed\n {2}.*Run `npm install @scope\/driver`\.$/,
      ),
    ]);
  });
});

describe('a package with a native addon', () => {
  beforeEach(() =>
    project.install('node-gyp-build', { 'index.js': "module.exports = () => { throw new Error('no addon'); };" }),
  );

  test('is named in a warning', async () => {
    project.install('bcrypt', { 'index.js': "module.exports = { hash: require('node-gyp-build')(__dirname) };" });
    await project.bundle("import bcrypt from 'bcrypt'; export const handler = async () => bcrypt.hash();");
    expect(project.printed).toEqual([
      expect.stringMatching(
        /bcrypt\/index\.js:1:\d+: WARNING: The package bcrypt loads a native addon\n {2}.* bcryptjs in place of bcrypt\.$/,
      ),
    ]);
  });

  test('runs with its fallback, without a warning', async () => {
    const code =
      "try { module.exports = require('node-gyp-build')(__dirname); } catch { module.exports = () => 'fallback'; }";
    project.install('bufferutil', { 'index.js': code });
    expect(await project.answerOf("import mask from 'bufferutil'; export const handler = async () => mask();")).toBe(
      'fallback',
    );
    expect(project.printed).toEqual([]);
  });
});

describe('an error names the function, the file and line, and the remedy', () => {
  const cases: [string, string, string][] = [
    ['a package that is not installed', "import 'left-pad/lib';", 'Run `npm install left-pad`.'],
    ['a scoped package', "import '@scope/pad/lib';", 'Run `npm install @scope/pad`.'],
    ['import() of a package', "void import('left-pad');", 'Run `npm install left-pad`.'],
    ['a file that does not exist', "import './rates';", 'Create the file, or correct the path.'],
    ['an alias that is not defined', "import '@/rates';", '`paths` of tsconfig.json'],
    ['a path that a package does not export', "import 'closed/lib';", 'see "exports" in the package.json of closed'],
    [
      'a package that imports a package that is not installed',
      "import 'needy';",
      'The package needy imports it. Run `npm install gone`.',
    ],
    [
      'a file of an unknown type',
      "import './parcel.zip';",
      'Rename the file, or add .zip to constructs/bundle/file-types.ts.',
    ],
    ['a native addon', "import 'native';", 'Use a package without one'],
    ['a module that Node.js lacks', "import 'node:parcels';", 'Node.js has no module "node:parcels"'],
    ['a part of a module that Node.js lacks', "import 'fs/promise';", 'Node.js has no module "fs/promise"'],
    ['a module of another runtime', "import 'bun:sqlite';", 'Node.js has no module "bun:sqlite"'],
  ];

  test.each(cases)('%s', async (_, source, remedy) => {
    project.install('closed', { 'package.json': '{"exports":{".":"./index.js"}}', 'index.js': '', 'lib.js': '' });
    project.install('needy', { 'package.json': '{"type":"module","exports":"./i.js"}', 'i.js': "import 'gone';" });
    project.install('native', {
      'index.js': "module.exports = require('./build/addon.node');",
      'build/addon.node': 'x',
    });
    project.write({ 'function/parcels/parcel.zip': 'x' });
    const message = await project.failure(`${source}\nexport const handler = async () => 1;\n`);
    expect(message).toMatch(/^function\/parcels\/index\.ts does not build:\n[\w/.-]+:\d+:\d+: ERROR: /);
    expect(message).toContain(remedy);
    expect(message).not.toMatch(/external|esbuild/);
  });

  test('an entry that does not exist', async () => {
    const building = bundleFunctions(['function/gone/index.ts'], { root: project.root });
    await expect(building).rejects.toThrow(
      /^function\/gone\/index\.ts does not build:\nERROR: .*\n {2}Create this file, or correct the path of the entry\.$/,
    );
  });

  test('functions that share a fault are named together, other functions with their own faults', async () => {
    project.write({
      'function/shared/index.ts': "import 'left-pad';",
      'function/a/index.ts': "import '../shared'; export const handler = 1;",
      'function/b/index.ts': "import '../shared'; export const handler = 2;",
      'function/c/index.ts': 'export const handler = (;',
      'function/d/index.ts': 'export const handler = 4;',
    });
    const entries = ['a', 'b', 'c', 'd'].map((name) => `function/${name}/index.ts`);
    const error: unknown = await bundleFunctions(entries, { root: project.root }).catch((error: unknown) => error);
    expect((error as Error).message).toMatch(
      /^function\/a\/index\.ts, function\/b\/index\.ts do not build:\nfunction\/shared\/index\.ts:1:7: ERROR[^]*\n\nfunction\/c\/index\.ts does not build:\nfunction\/c\/index\.ts:1:24: ERROR[^]*/,
    );
    expect((error as Error).message).not.toContain('function/d');
  });

  test('contains no absolute path', async () => {
    rmSync(path.join(project.root, 'node_modules'), { recursive: true, force: true });
    expect(await project.failure("import 'left-pad';")).not.toContain(project.root);
  });
});
