/** Syntax errors in the code of a function, with their places. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { syntaxFaults } from '../../src/engine/syntax-faults';

/** Node.js accepts this code in CommonJS, and refuses it in an ES module. */
const SLOPPY =
  'with (exports) { handler = 010; } var a = 1; delete a; function f(b, b) { arguments = 1; } var let = 1;';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'syntax-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function faultsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return syntaxFaults(folder, 'src/index.handler');
}

test.each([
  [
    'the file of the handler',
    { 'src/index.js': 'exports.handler = async () => {\n  return 1;;\n' },
    'src/index.js:3:1: ',
  ],
  ['an ES module', { 'src/index.mjs': 'export const handler = 1 2;' }, 'src/index.mjs:1:26: '],
  [
    'a required file',
    { 'src/index.js': "require('../lib/a')", 'lib/a.js': 'let a = ;' },
    'lib/a.js:1:9: Unexpected ";"',
  ],
  ['a JSON file', { 'src/index.js': "require('./a.json')", 'src/a.json': '{]' }, 'src/a.json:1:2: '],
])('names the file and line of a fault in %s', async (_, files, fault) => {
  expect(await faultsOf(files)).toEqual([expect.stringContaining(fault)]);
});

test.each([
  ['a package that is missing', { 'src/index.js': "require('@aws-sdk/client-s3'); require('/opt/nodejs/x')" }],
  ['a file that is missing', { 'src/index.js': "require('./missing')" }],
  ['a package with a fault', { 'src/index.js': "require('a')", 'src/node_modules/a/index.js': 'let a = ;' }],
  ['a file of another kind', { 'src/index.js': "require('./page.html')", 'src/page.html': '<p>' }],
  ['top-level await in an ES module', { 'src/index.mjs': 'await 1; export const handler = 1;' }],
  ['a return outside of functions in CommonJS', { 'src/index.js': 'exports.handler = 1; return;' }],
  ['statements that only code without strict mode may have', { 'src/index.js': SLOPPY }],
  ['a handler without a file', {}],
])('finds no fault in %s', async (_, files) => {
  expect(await faultsOf(files)).toEqual([]);
});
