/** npm packages in functions. Each bundle runs from its archive, as it does on Lambda, where no package is installed. */
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { BINARY_FILES, TEXT_FILES } from '../../constructs/bundle/file-types';
import { FunctionProject } from '../support/function-project';

let project: FunctionProject;

beforeEach(() => {
  project = new FunctionProject();
});

afterEach(() => project.remove());

const SUM = 'module.exports = (...numbers) => numbers.reduce((sum, number) => sum + number, 0);';
const MODULE_SUM = 'export default (...numbers) => "the file of bundlers";';

describe('a package is loaded as Node.js loads it', () => {
  test.each<[string, Record<string, string>]>([
    [
      'main and module',
      { 'package.json': '{"main":"lib","module":"es.js"}', 'lib/index.js': SUM, 'es.js': MODULE_SUM },
    ],
    ['module beside index.js', { 'package.json': '{"module":"es.js"}', 'index.js': SUM, 'es.js': MODULE_SUM }],
    [
      'main without an extension',
      { 'package.json': '{"main":"./sum","jsnext:main":"es.js"}', 'sum.js': SUM, 'es.js': MODULE_SUM },
    ],
    [
      'a module file that does not compile',
      { 'package.json': '{"main":"sum.js","module":"es.js"}', 'sum.js': SUM, 'es.js': 'export default <b>;' },
    ],
    ['a module file that is missing', { 'package.json': '{"main":"sum.js","module":"gone.js"}', 'sum.js': SUM }],
    [
      'a module file with a missing import',
      { 'package.json': '{"main":"sum.js","module":"es.js"}', 'sum.js': SUM, 'es.js': 'import "gone";' },
    ],
    ['a browser field', { 'package.json': '{"main":"sum.js","browser":"es.js"}', 'sum.js': SUM, 'es.js': MODULE_SUM }],
    [
      'the condition module in exports',
      {
        'package.json': '{"exports":{".":{"module":"./es.js","import":"./sum.mjs","default":"./sum.js"}}}',
        'sum.js': SUM,
        'sum.mjs': 'export { default } from "./sum.js";',
        'es.js': MODULE_SUM,
      },
    ],
  ])('%s', async (_, files) => {
    project.install('pocket-sum', files);
    const source = `
      import named from 'pocket-sum';
      const required = require('pocket-sum');
      export const handler = async () => [required(1, 2, 3), named(1, 2)];
    `;
    expect(await project.answerOf(source)).toEqual([6, 3]);
    expect(project.printed).toEqual([]);
  });

  test('all exported names of a CommonJS module', async () => {
    project.install('folded-notes', {
      'package.json': '{"main":"index.js","module":"es/index.js"}',
      'index.js': "exports.parse = (text) => text.split('/');",
      'es/index.js': "export default { parse: (text) => text.split('/') };",
    });
    const source = `
      import * as notes from 'folded-notes';
      import { parse } from 'folded-notes';
      export const handler = async () => [notes.parse('a/b'), parse('c')];
    `;
    expect(await project.answerOf(source)).toEqual([['a', 'b'], ['c']]);
  });

  test('an ES module, and an ES module that CommonJS requires', async () => {
    project.install('half', {
      'package.json': '{"type":"module","exports":"./half.js"}',
      'half.js': 'export const half = (n) => n / 2; export default half;',
    });
    project.install('quarter', {
      'index.js': "const { half } = require('half'); module.exports = (n) => half(half(n));",
    });
    const source = `
      import half from 'half';
      import quarter from 'quarter';
      export const handler = async () => [half(4), quarter(4), (await import('half')).half(8)];
    `;
    expect(await project.answerOf(source)).toEqual([2, 1, 4]);
  });

  test('a package for bundlers, which has only the field module', async () => {
    project.install('bundler-only', {
      'package.json': '{"module":"es.js"}',
      'es.js': 'export const word = "bundled";',
    });
    expect(
      await project.answerOf("import { word } from 'bundler-only'; export const handler = async () => word;"),
    ).toBe('bundled');
  });

  test('a package that awaits while it is loaded', async () => {
    project.install('prepared', {
      'package.json': '{"type":"module","exports":"./index.js"}',
      'index.js':
        "import os from 'node:os'; import sum from 'pocket-sum'; export const ready = await Promise.resolve(sum(1, 2)); export const type = os.EOL;",
    });
    project.install('pocket-sum', {
      'index.js': `const path = require('path'); ${SUM} module.exports.folder = __dirname;`,
    });
    const source = `
      import { ready } from 'prepared';
      import sum from 'pocket-sum';
      export const handler = async () => [ready, sum.folder, import.meta.url, import.meta.dirname];
    `;
    expect(await project.answerOf(source)).toEqual([3, '/var/task', 'file:///var/task/index.mjs', '/var/task']);
    expect(project.printed).toEqual([]);
  });

  test('a package with its own copy of the SDK: both copies are the stock SDK, and a warning says so', async () => {
    const modules = path.join(__dirname, '../../node_modules');
    mkdirSync(path.join(project.root, 'node_modules'));
    for (const name of ['@aws-sdk', '@smithy', '@aws', 'bowser', 'tslib']) {
      symlinkSync(path.join(modules, name), path.join(project.root, 'node_modules', name));
    }
    project.install('repository', {
      'index.js': "exports.Client = require('@aws-sdk/client-dynamodb').DynamoDBClient;",
    });
    const copy = path.join(project.root, 'node_modules/repository/node_modules/@aws-sdk/client-dynamodb');
    cpSync(path.join(modules, '@aws-sdk/client-dynamodb'), copy, { recursive: true });
    const source = `
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
      import { Client } from 'repository';
      const clients = [DynamoDBClient, Client].map((Class) => new Class({ region: 'eu-west-1' }));
      export const handler = async () => [Client === DynamoDBClient, ...clients.map(({ middlewareStack }) => typeof middlewareStack.add)];
    `;
    expect(await project.answerOf(source)).toEqual([false, 'function', 'function']);
    expect(project.printed).toEqual([
      expect.stringMatching(
        /WARNING: lean-dynamodb: the bundle contains the stock AWS SDK, because the functions import two copies of it/,
      ),
    ]);
  });

  test('packages that together need all other options', async () => {
    project.install('prepared', {
      'package.json': '{"type":"module","exports":"./i.js"}',
      'i.js': 'export const ready = await 1;',
    });
    project.install('bundler-only', {
      'package.json': '{"module":"es.js"}',
      'es.js': 'export const word = "bundled";',
    });
    project.install('driverless', { 'index.js': "exports.driver = () => require('gone');" });
    const source = `
      import { ready } from 'prepared';
      import { word } from 'bundler-only';
      import { driver } from 'driverless';
      export const handler = async () => [ready, word, typeof driver];
    `;
    expect(await project.answerOf(source)).toEqual([1, 'bundled', 'function']);
  });

  test('a function with a top-level await', async () => {
    expect(
      await project.answerOf('const ready = await Promise.resolve(1); export const handler = async () => ready;'),
    ).toBe(1);
  });

  test('a package that reads the names of its functions and classes', async () => {
    project.install('named', {
      'index.js':
        'class Parcel {} exports.name = () => new Parcel().constructor.name + exports.Fault.name; exports.Fault = class Fault extends Error {};',
    });
    expect(await project.answerOf("import { name } from 'named'; export const handler = async () => name();")).toBe(
      'ParcelFault',
    );
  });
});

/** Bundles a source twice, so that the cache has it: a file that changed within 10 ms before a build is not cached. */
async function settledBundle(source: string) {
  await project.bundle(source);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return project.bundle(source);
}

describe('a package with an optional package that is not installed', () => {
  const packageJson = JSON.stringify({
    peerDependencies: { gone: '1' },
    peerDependenciesMeta: { gone: { optional: true } },
  });

  test.each([
    ['with a call in try', "try { require('gone'); } catch { exports.word = 'without'; }"],
    [
      'with a call in a function, and try in its caller',
      "const load = () => require('gone'); try { load(); } catch { exports.word = 'without'; }",
    ],
    [
      'with a call for a path in the package',
      "exports.driver = () => require('gone/lib/driver'); exports.word = 'without';",
    ],
    ['with a call of import()', "exports.driver = () => import('gone'); exports.word = 'without';"],
    [
      'with a call for a compiled file that is missing',
      "const load = () => require('./build/Release/addon.node'); try { load(); } catch { exports.word = 'without'; }",
    ],
  ])('%s', async (_, code) => {
    project.install('parcel-db', { 'index.js': code });
    project.install('declares-it', { 'package.json': packageJson, 'index.js': code });
    const source = `
      import { word } from 'parcel-db';
      import { word as other } from 'declares-it';
      export const handler = async () => [word, other];
    `;
    expect(await project.answerOf(source)).toEqual(['without', 'without']);
    expect(project.printed).toEqual([]);
  });

  test('fails as in Node.js when the function reaches the call', async () => {
    project.install('parcel-db', { 'index.js': "exports.connect = () => require('gone');" });
    const source = `
      import { connect } from 'parcel-db';
      export const handler = async () => { try { connect(); } catch (error) { return error.code; } };
    `;
    expect(await project.answerOf(source)).toBe('MODULE_NOT_FOUND');
  });

  test('is rebuilt after the optional package is installed', async () => {
    project.install('parcel-db', { 'index.js': "exports.driver = () => require('gone');" });
    const source = "import { driver } from 'parcel-db'; export const handler = async () => driver();";
    const built = await settledBundle(source);
    expect(await settledBundle(source)).toEqual(built);
    // npm writes this file when it installs a package.
    project.write({ 'node_modules/.package-lock.json': '{}' });
    project.install('gone', { 'index.js': "module.exports = 'here';" });
    expect(await project.answerOf(source)).toBe('here');
  });
});

describe('import.meta', () => {
  const META = `[
    import.meta.url, import.meta.dirname, import.meta.filename,
    fileURLToPath(new URL('./timetable.txt', import.meta.url)), import.meta.resolve('./a.txt'), import.meta.resolve('node:fs'),
    createRequire(import.meta.url)('node:path').basename(import.meta.filename), import.meta.env?.MODE ?? 'none',
  ]`;
  const VALUES = [
    ...['file:///var/task/index.js', '/var/task', '/var/task/index.js', '/var/task/timetable.txt'],
    ...['file:///var/task/a.txt', 'node:fs', 'index.js', 'none'],
  ];
  const IMPORTS = "import { createRequire } from 'node:module'; import { fileURLToPath } from 'node:url';";

  test('describes the bundle, in the function and in a package', async () => {
    project.install('meta', {
      'package.json': '{"type":"module","exports":"./i.js"}',
      'i.js': `${IMPORTS} export const meta = ${META};`,
    });
    const source = `import { meta } from 'meta'; ${IMPORTS} export const handler = async () => [meta, ${META}];`;
    expect(await project.answerOf(source)).toEqual([VALUES, VALUES]);
    expect(await project.answerOf(`${IMPORTS} export const handler = async () => ${META};`)).toEqual(VALUES);
    expect(project.printed).toEqual([]);
  });
});

describe('files of other types', () => {
  test('function/file-types.d.ts declares each type with the value that the bundle has', () => {
    const declarations = readFileSync(path.join(__dirname, '../../function/file-types.d.ts'), 'utf8');
    const declared = [...declarations.matchAll(/'\*(\.\w+)' \{\n {2}(?:const \w+: (\w+)|.* from '\*(\.\w+)')/g)].map(
      ([, type, value, sameAs]) => [type, value ?? sameAs],
    );
    const bundled = [
      ...TEXT_FILES.map((type) => [type, type === '.txt' ? 'string' : '.txt']),
      ...BINARY_FILES.map((type) => [type, type === '.wasm' ? 'Uint8Array' : '.wasm']),
    ];
    expect(declared).toEqual(bundled);
  });

  test('text is a string, and bytes are a Uint8Array', async () => {
    project.write({
      'function/parcels/schema.graphql': 'type Query { a: Int }',
      'function/parcels/page.html': '<p>',
      'function/parcels/sum.wasm': Uint8Array.of(0, 97, 115, 109),
      'function/shared/rates.json': '{"letter":1}',
    });
    const source = `
      import schema from './schema.graphql';
      import page from './page.html';
      import wasm from './sum.wasm';
      import rates from '../shared/rates.json';
      export const handler = async () => [schema, page, wasm instanceof Uint8Array, wasm[1], rates.letter];
    `;
    expect(await project.answerOf(source)).toEqual(['type Query { a: Int }', '<p>', true, 97, 1]);
  });
});
