/**
 * Loads TypeScript: `node -r ./cache/typescript.cjs main.ts`. Each file is compiled once for as long as it is the same;
 * what JavaScript is loaded from node_modules stays as it is. (tsx, which looks into each of those, takes four times as long.)
 */
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { sep } = require('node:path');
const { keyOf, Store } = require('./store.cjs');
require('./packages.cjs');
require('./later.cjs');

const OPTIONS = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: false };
/** The code is the same with and without a map, which is twice as long. */
const WITH_MAP = { ...OPTIONS, sourcemap: 'inline', sourcesContent: false };

const store = new Store('typescript');
let version;

function compile(source, file, options = OPTIONS) {
  version ??= require('esbuild/package.json').version;
  const key = keyOf(source, file, options, version);
  const known = store.read(key);
  if (known) return known.toString();
  const { code } = require('esbuild').transformSync(source, { ...options, sourcefile: file });
  store.write(key, code);
  return code;
}

Module._extensions['.ts'] = (module, file) => module._compile(compile(readFileSync(file, 'utf8'), file), file);

const MAP = '//# sourceMappingURL=data:application/json;base64,';

/**
 * Lets the stack of an error that ends the process name lines of the TypeScript. (Node.js would look them up for the stack that
 * CDKTF takes of every construct.)
 */
function mapped(stack) {
  const maps = new Map();
  return stack.replace(/((?:\/|[A-Z]:\\)[^\n:]*\.ts):(\d+):(\d+)/gi, (place, file, line, column) => {
    if (!maps.has(file)) {
      const code = compile(readFileSync(file, 'utf8'), file, WITH_MAP);
      const map = Buffer.from(code.slice(code.lastIndexOf(MAP) + MAP.length), 'base64').toString();
      maps.set(file, new Module.SourceMap(JSON.parse(map)));
    }
    const { originalLine, originalColumn } = maps.get(file).findEntry(line - 1, column - 1);
    return originalLine === undefined ? place : `${file}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

process.on('uncaughtExceptionMonitor', (error) => {
  // Of a function that does not build, esbuild's message says all: file, line and fault. (Who handles it says so otherwise.)
  if (Array.isArray(error?.errors) && process.listenerCount('uncaughtException') === 0) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  try {
    error.stack = mapped(error.stack);
  } catch {
    // Then it names lines of the JavaScript.
  }
});

/** For a cache of what this process makes: the files that it was made of, and the variables. */
if (process.env.INPUTS_FILE) {
  const file = process.env.INPUTS_FILE;
  delete process.env.INPUTS_FILE;
  const { inputs } = require('./inputs.cjs');
  const { watchVariables } = require('./variables.cjs');
  const others = Object.keys(require.cache).some((loaded) => !loaded.startsWith(__dirname + sep));
  const variables = watchVariables(others);
  process.on('exit', () => {
    const files = [...new Set([...inputs, ...Object.keys(require.cache)])];
    writeFileSync(file, JSON.stringify({ files, variables: variables() }));
  });
}
