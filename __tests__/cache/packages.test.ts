/** What packages loaded in an earlier run is taken only as long as it is what they would load. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MAP = '\n//# sourceMappingURL=data:application/json;base64,e30=\n';

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(os.tmpdir(), 'packages-'));
  cpSync(path.join(__dirname, '../../cache'), path.join(project, 'cache'), { recursive: true });
  put('.package-lock.json', '{}');
  put('one/index.js', `module.exports = ['one', ...require('./part'), ...require('two')];${MAP}`);
  put('one/part/index.js', `module.exports = ['part'];${MAP}`);
  put('two/package.json', '{ "main": "./main.js" }');
  put(
    'two/main.js',
    `// line 1\nmodule.exports = [new Error().stack.split('\\n')[1].replace(/.*two.main.js:/, '')];${MAP}`,
  );
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function put(name: string, text: string): string {
  const file = path.join(project, 'node_modules', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** What package `one` exports, and how many of the files were compiled with their map: as they are on the disk. */
function run(): [exported: unknown, read: number] {
  const code = `
    const Module = require('node:module');
    const compile = Module.prototype._compile;
    let read = 0;
    Module.prototype._compile = function (code, ...rest) {
      if (code.includes('sourceMappingURL')) read += 1;
      return compile.call(this, code, ...rest);
    };
    console.log(JSON.stringify([require('one'), read]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', './cache/typescript.cjs', '-e', code], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, SERVERLESS_CRUD_CACHE: path.join(project, 'kept') },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as [unknown, number];
}

test('the second run reads none of the files, and has the same lines', () => {
  expect(run()).toEqual([['one', 'part', expect.stringMatching(/^2:\d+/)], 3]);
  expect(run()).toEqual([['one', 'part', expect.stringMatching(/^2:\d+/)], 0]);
});

test('a file that changed is read, even one of the same size and time', () => {
  run();
  const file = path.join(project, 'node_modules/one/part/index.js');
  const { atime, mtime } = statSync(file);
  put('one/part/index.js', `module.exports = ['PART'];${MAP}`);
  utimesSync(file, atime, mtime);
  expect(run()).toEqual([expect.arrayContaining(['one', 'PART']), 1]);
  expect(run()).toEqual([expect.arrayContaining(['one', 'PART']), 0]);
});

test('a file that has gone is missed', () => {
  run();
  rmSync(path.join(project, 'node_modules/two/main.js'));
  expect(run).toThrow(/Cannot find (module|package).*two/);
});

test('a package.json that somebody edits leads to another file', () => {
  run();
  put('two/other.js', "module.exports = ['other'];");
  put('two/package.json', '{ "main": "./other.js" }');
  expect(run()[0]).toEqual(['one', 'part', 'other']);
  expect(run()[0]).toEqual(['one', 'part', 'other']);
});

test('an ES module stays one', () => {
  put('two/package.json', '{ "main": "./main.js", "type": "module" }');
  put('two/main.js', `globalThis.kind = typeof this;${MAP}`);
  put(
    'one/index.js',
    "try { require('two') } catch (error) { globalThis.kind = error.code } module.exports = globalThis.kind;",
  );
  const [kind] = run();
  expect(kind).toMatch(/^(undefined|ERR_REQUIRE_ESM)$/);
  expect(run()[0]).toBe(kind);
});

test('packages that npm added are found', () => {
  run();
  put('one/node_modules/two/index.js', `module.exports = ['nearer'];${MAP}`);
  put('.package-lock.json', '{ }');
  expect(run()).toEqual([['one', 'part', 'nearer'], 3]);
});

test('what others need beside stays kept', () => {
  run();
  put('one/index.js', `module.exports = require('./part');${MAP}`);
  expect(run()).toEqual([['part'], 1]);
  put('one/index.js', `module.exports = [...require('./part'), ...require('two')];${MAP}`);
  expect(run()).toEqual([expect.arrayContaining(['part']), 1]);
});

test('where no lock of npm says when packages change, nothing is kept', () => {
  rmSync(path.join(project, 'node_modules/.package-lock.json'));
  run();
  expect(run()[1]).toBe(3);
  expect(readdirSync(project)).not.toContain('kept');
});
