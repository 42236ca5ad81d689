/** Layers of functions. */
import { archivedFunctions, archiveOf } from '../../support/task-roots';

const functions = archivedFunctions();

afterAll(() => functions.stop());

const answers = (text: string) => `module.exports = ${JSON.stringify(text)};`;

const REQUIRE = { 'index.js': "exports.handler = async () => require('answers');" };
const IMPORT = { 'index.mjs': "import answers from 'answers'; export const handler = async () => answers;" };

const PACKAGE = archiveOf({ 'nodejs/node_modules/answers/index.js': answers('layer') });

test.each([
  ['require', REQUIRE],
  ['import', IMPORT],
])('%s finds a package of a layer', async (_name, files) => {
  expect(await functions.run(files, { layers: [PACKAGE] })).toBe('layer');
});

test.each([
  ['require', REQUIRE],
  ['import', IMPORT],
])('%s prefers the folder for the version of the runtime', async (_name, files) => {
  const layer = archiveOf({
    'nodejs/node_modules/answers/index.js': answers('any'),
    'nodejs/node22/node_modules/answers/index.js': answers('node22'),
    'nodejs/node20/node_modules/answers/index.js': answers('node20'),
  });
  expect(await functions.run(files, { layers: [layer] })).toBe('node22');
  expect(await functions.run(files, { layers: [layer], runtime: 'nodejs20.x' })).toBe('node20');
});

test('a later layer replaces files of an earlier layer', async () => {
  const later = archiveOf({ 'nodejs/node_modules/answers/index.js': answers('later') });
  expect(await functions.run(REQUIRE, { layers: [PACKAGE, later] })).toBe('later');
  expect(await functions.run(REQUIRE, { layers: [later, PACKAGE] })).toBe('layer');
});

test('the archive has precedence over layers', async () => {
  const files = { ...REQUIRE, 'node_modules/answers/index.js': answers('archive') };
  expect(await functions.run(files, { layers: [PACKAGE] })).toBe('archive');
});

test('a package of a layer finds other packages of the layer, and scoped packages', async () => {
  const layer = archiveOf({
    'nodejs/node_modules/answers/index.js': "module.exports = require('@scope/inner');",
    'nodejs/node_modules/@scope/inner/index.js': answers('inner'),
  });
  expect(await functions.run(REQUIRE, { layers: [layer] })).toBe('inner');
});

test('code reaches files of a layer by paths below /opt', async () => {
  const layer = archiveOf({ 'nodejs/shared.js': answers('shared'), 'data.txt': 'data' });
  const source = `
    const fs = require('node:fs');
    const shared = require('/opt/nodejs/shared');
    exports.handler = async () => [shared, fs.readFileSync("/opt/data.txt", 'utf8')];`;
  expect(await functions.run({ 'index.js': source }, { layers: [layer] })).toEqual(['shared', 'data']);
});

test('NODE_PATH of the function names other folders', async () => {
  const layer = archiveOf({ 'node_modules/answers/index.js': answers('root') });
  const environment = { NODE_PATH: './:/opt/node_modules' };
  expect(await functions.run(REQUIRE, { layers: [layer], environment })).toBe('root');
  expect(await functions.run(IMPORT, { layers: [layer], environment })).toBe('root');
  const files = { 'index.js': "exports.handler = async () => require('lib/own');", 'lib/own.js': answers('own') };
  expect(await functions.run(files, { environment })).toBe('own');
});

test('functions without the layer do not find its packages', async () => {
  await functions.run(REQUIRE, { layers: [PACKAGE] });
  await expect(functions.run(REQUIRE)).rejects.toThrow("Cannot find module 'answers'");
});
