/**
 * What packages loaded in an earlier run: where each of their requires led, and their code without its source map, which is two
 * thirds of the files of cdktf and its providers. Each file is looked at whether it is still the same.
 */
'use strict';
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { keyOf, ROOT, stateOf, Store } = require('./store.cjs');

const PACKAGES = `${path.sep}node_modules${path.sep}`;
const isInPackage = (file) => path.isAbsolute(file) && file.includes(PACKAGES);

const MAP = /\n\/\/# sourceMappingURL=data:[^\n]*\s*$/;

/**
 * Of what was kept: `files` has the state of each, and where its code begins and ends in `codes`; `requires` the file that a
 * folder and a request, with a NUL between, led to.
 */
function read(store, key) {
  const content = store.read(key);
  if (!content) return { files: {}, requires: {}, codes: Buffer.alloc(0) };
  const start = content.indexOf('\n') + 1;
  return { ...JSON.parse(content.toString('utf8', 0, start)), codes: content.subarray(start) };
}

function write(store, key, requires, codes) {
  const files = {};
  const bytes = [];
  let end = 0;
  for (const [file, { state, code }] of codes) {
    const content = Buffer.from(code);
    files[file] = { state, start: end, end: (end += content.length) };
    bytes.push(content);
  }
  store.write(key, Buffer.concat([Buffer.from(`${JSON.stringify({ files, requires })}\n`), ...bytes]));
}

/** @param lock what npm writes when it adds, changes or removes packages, which nothing else is taken to do */
function keep(lock) {
  const { env, argv, execArgv, version } = process;
  const store = new Store('packages');
  const key = keyOf(version, execArgv, env.NODE_OPTIONS, env.NODE_PATH, argv[1], lock);
  const { files, requires, codes } = read(store, key);
  /** Files that are as they were kept, and files that are not, with their state. */
  const [same, others] = [new Set(), new Map()];
  const isSame = (file) => {
    if (same.has(file)) return true;
    const known = files[file];
    if (!known || known.state !== stateOf(file)) return false;
    same.add(file);
    return true;
  };
  const codeOf = (file) => codes.toString('utf8', files[file].start, files[file].end);

  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    if (options || !parent?.filename || !isInPackage(parent.filename))
      return resolve.call(this, request, parent, isMain, options);
    const name = `${parent.path}\0${request}`;
    if (requires[name] && isSame(requires[name])) return requires[name];
    const file = resolve.call(this, request, parent, isMain);
    if (isInPackage(file)) requires[name] = file;
    return file;
  };

  const load = Module._extensions['.js'];
  Module._extensions['.js'] = function (module, file) {
    if (!isInPackage(file)) return load.call(this, module, file);
    if (isSame(file)) return module._compile(codeOf(file), file);
    others.set(file, stateOf(file));
    return load.call(this, module, file);
  };

  process.on('exit', () => {
    if (others.size === 0) return;
    const all = Object.keys(files)
      .filter(isSame)
      .map((file) => [file, { state: files[file].state, code: codeOf(file) }]);
    const added = [...others]
      .filter(([file, state]) => stateOf(file) === state)
      .map(([file, state]) => [file, { state, code: readFileSync(file, 'utf8').replace(MAP, '\n') }]);
    write(store, key, requires, [...all, ...added]);
  });
}

const lock = stateOf(path.join(ROOT, 'node_modules/.package-lock.json'));
// Whether Node looks lines up in source maps.
if (lock !== 'absent' && !process.execArgv.includes('--enable-source-maps')) keep(lock);
