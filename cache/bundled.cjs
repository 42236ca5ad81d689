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

/** `at start (/the/project/local/index.ts:82:9)`. */
function mapped(call) {
  const [file, line, column] = [call.getFileName(), call.getLineNumber(), call.getColumnNumber()];
  const map = file?.endsWith('.ts') ? mapFor(file) : null;
  const { originalSource, originalLine, originalColumn } = map?.findEntry(line - 1, column - 1) ?? {};
  if (originalSource === undefined) return `at ${call}`;
  const source = path.resolve(path.dirname(file), originalSource);
  return `at ${call}`.replace(`${file}:${line}:${column}`, () => `${source}:${originalLine + 1}:${originalColumn + 1}`);
}

/** As Node.js has it: `TypeError [ERR_INVALID_ARG_TYPE]: The "path" argument ...`. */
function headOf(error) {
  const head = Error.prototype.toString.call(error);
  const { code, name } = error;
  const isOfNode = typeof code === 'string' && code.startsWith('ERR_') && head.startsWith(`${name}:`);
  return isOfNode ? head.replace(name, () => `${name} [${code}]`) : head;
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

Error.prepareStackTrace = (error, calls) => [headOf(error), ...calls.map((call) => `    ${mapped(call)}`)].join('\n');
