/**
 * Loads TypeScript that is not asked for its parts: `node -r ./cache/bundled.cjs local/cli.ts`. Stacks of errors name lines of the
 * TypeScript, which Node.js itself would take 10 ms for at each start (--enable-source-maps).
 */
'use strict';
const Module = require('node:module');
const path = require('node:path');
const { bundleOf, mapOf } = require('./bundle.cjs');

/** By the entry's path: null where there is none to be had. */
const maps = new Map();

function mapFor(entry) {
  if (!maps.has(entry)) {
    // Whatever is wrong with it, the error that is asked about is another one.
    maps.set(entry, null);
    try {
      maps.set(entry, mapOf(entry) ?? null);
    } catch {
      // Then its stack names lines of the bundle.
    }
  }
  return maps.get(entry);
}

function mapped(text) {
  return text.replace(/([^\s(]+\.ts):(\d+):(\d+)/g, (place, file, line, column) => {
    const { originalSource, originalLine, originalColumn } = mapFor(file)?.findEntry(line - 1, column - 1) ?? {};
    if (originalSource === undefined) return place;
    return `${path.resolve(path.dirname(file), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

Module._extensions['.ts'] = (module, file) => module._compile(bundled(file), file);

function bundled(file) {
  try {
    return bundleOf(file);
  } catch (error) {
    // Of code that does not build esbuild has printed file, line and fault.
    if (!Array.isArray(error.errors)) throw error;
    return process.exit(1);
  }
}

Error.prepareStackTrace = (error, calls) =>
  [Error.prototype.toString.call(error), ...calls.map((call) => mapped(`    at ${call}`))].join('\n');
