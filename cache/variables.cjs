/** Which environment variables this process reads, for a cache of what it makes: process.env, with a note of each access. */
'use strict';
const { syncBuiltinESMExports } = require('node:module');

/**
 * @param earlier whether something that ran before may have read any
 * @returns what tells the names read so far; null: all of them, or it cannot be known
 */
function watchVariables(earlier) {
  const names = new Set();
  // Windows takes `Path` and `PATH` for the same.
  let all = earlier || process.platform === 'win32';
  const note = (name) => typeof name === 'string' && names.add(name);
  process.env = new Proxy(process.env, {
    get: (variables, name) => (note(name), variables[name]),
    has: (variables, name) => (note(name), name in variables),
    getOwnPropertyDescriptor: (variables, name) => (note(name), Reflect.getOwnPropertyDescriptor(variables, name)),
    // Also whoever starts a process that gets them.
    ownKeys: (variables) => ((all = true), Reflect.ownKeys(variables)),
    set: (variables, name, value) => ((variables[name] = value), true),
  });
  syncBuiltinESMExports();
  return () => (all || readsBeside() ? null : [...names].sort());
}

/** Threads get the variables without process.env being asked (esbuild runs in one), and addons may ask the system. */
function readsBeside() {
  return (
    !process.moduleLoadList?.includes('NativeModule fs') ||
    process.moduleLoadList.includes('NativeModule worker_threads') ||
    Object.keys(require.cache).some((file) => file.endsWith('.node'))
  );
}

module.exports = { watchVariables };
