/** Forms of handlers in archives. */
import { archivedFunctions } from '../../support/task-roots';

const functions = archivedFunctions();

afterAll(() => functions.stop());

test.each<[string, string, Readonly<Record<string, string>>]>([
  ['a folder', 'src/handlers/pets.list', { 'src/handlers/pets.js': "exports.list = async () => 'ok'" }],
  ['properties of objects', 'index.pets.list', { 'index.js': "exports.pets = { list: async () => 'ok' }" }],
  ['an ES module', 'index.handler', { 'index.mjs': "export const handler = async () => 'ok'" }],
  [
    'a package with ES modules',
    'src/index.handler',
    { 'package.json': '{"type":"module"}', 'src/index.js': "export const handler = async () => 'ok'" },
  ],
  [
    'top-level await',
    'index.handler',
    { 'index.mjs': "const ok = await Promise.resolve('ok'); export const handler = async () => ok" },
  ],
  [
    'a callback',
    'index.handler',
    { 'index.js': "exports.handler = (_event, _context, callback) => callback(null, 'ok')" },
  ],
])('runs a handler in %s', async (_name, handler, files) => {
  expect(await functions.run(files, { handler })).toBe('ok');
});

test('nodejs24.x refuses handlers with a callback, also async handlers', async () => {
  const source = "exports.handler = async (_event, _context, callback) => 'ok'";
  await expect(functions.run({ 'index.js': source }, { runtime: 'nodejs24.x' })).rejects.toMatchObject({
    errorType: 'Runtime.CallbackHandlerDeprecated',
    message: expect.stringContaining('removed support for callback-based function handlers starting with Node.js 24'),
  });
  expect(await functions.run({ 'index.js': source })).toBe('ok');
});

test('source maps lead to the TypeScript source', async () => {
  const map = JSON.stringify({ version: 3, sources: ['index.ts'], names: [], mappings: 'AAUA' });
  const files = {
    'index.js': "exports.handler = async () => { return new Error('at').stack; };\n//# sourceMappingURL=index.js.map\n",
    'index.js.map': map,
  };
  const environment = { NODE_OPTIONS: '--enable-source-maps' };
  expect(await functions.run(files, { environment })).toContain('index.ts:11');
});
