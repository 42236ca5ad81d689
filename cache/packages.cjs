/**
 * What packages loaded in an earlier run: where each of their requires led, and their code without its source map, which is two
 * thirds of the files of cdktf and its providers. Of each file, and of its package's package.json, it is looked at whether it is
 * still the same; what npm adds or removes is seen by its lock.
 */
'use strict';
const Module = require('node:module');
const path = require('node:path');
const { keyOf, ROOT, stateOf, Store } = require('./store.cjs');

const PACKAGES = `${path.sep}node_modules${path.sep}`;
const isInPackage = (file) => path.isAbsolute(file) && file.includes(PACKAGES);

const MAP = /\n\/\/# sourceMappingURL=data:[^\n]*\s*$/;

/**
 * Of what was kept: `files` has of each its state, the format in which it was compiled, and where its code begins and ends in
 * `codes`; `packages` the state of package.json by the folder that it is in; `requires` the file that a folder and a request,
 * with a NUL between, led to.
 */
function read(store, key) {
  const content = store.read(key);
  if (!content) return { files: {}, packages: {}, requires: {}, codes: Buffer.alloc(0) };
  const start = content.indexOf('\n') + 1;
  return { ...JSON.parse(content.toString('utf8', 0, start)), codes: content.subarray(start) };
}

function write(store, key, requires, all) {
  const [files, packages] = [{}, {}];
  const bytes = [];
  let end = 0;
  for (const [file, { state, format, code }] of all) {
    const content = Buffer.from(code);
    files[file] = { state, format, start: end, end: (end += content.length) };
    packages[packageOf(file)] ??= stateOfPackage(packageOf(file));
    bytes.push(content);
  }
  store.write(key, Buffer.concat([Buffer.from(`${JSON.stringify({ files, packages, requires })}\n`), ...bytes]));
}

/** `.../node_modules/cdktf`, `.../node_modules/@cdktf/provider-aws`. */
function packageOf(file) {
  const start = file.lastIndexOf(PACKAGES) + PACKAGES.length;
  const [scope, name] = file.slice(start).split(path.sep, 2);
  return file.slice(0, start) + (scope.startsWith('@') ? path.join(scope, name) : scope);
}

const stateOfPackage = (folder) => stateOf(path.join(folder, 'package.json'));

/** @param lock what npm writes when it adds, changes or removes packages */
function keep(lock) {
  const { env, argv, execArgv, version } = process;
  const store = new Store('packages');
  const key = keyOf(version, execArgv, env.NODE_OPTIONS, env.NODE_PATH, argv[1], lock);
  const { files, packages, requires, codes } = read(store, key);
  /** Files and packages that are as they were kept; files that are not, with what they are. */
  const [same, others] = [new Map(), new Map()];
  const isSame = (name, isIt) => same.get(name) ?? same.set(name, isIt()).get(name);
  const isSamePackage = (folder) => isSame(folder, () => packages[folder] === stateOfPackage(folder));
  const isSameFile = (file) =>
    isSame(file, () => files[file]?.state === stateOf(file) && isSamePackage(packageOf(file)));
  const codeOf = ({ start, end }) => codes.toString('utf8', start, end);

  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    if (options || !parent?.filename || !isInPackage(parent.filename))
      return resolve.call(this, request, parent, isMain, options);
    const name = `${parent.path}\0${request}`;
    if (requires[name] && isSameFile(requires[name])) return requires[name];
    const file = resolve.call(this, request, parent, isMain);
    if (isInPackage(file)) requires[name] = file;
    return file;
  };

  const load = Module._extensions['.js'];
  Module._extensions['.js'] = function (module, file) {
    if (!isInPackage(file)) return load.call(this, module, file);
    if (isSameFile(file)) return module._compile(codeOf(files[file]), file, files[file].format);
    const state = stateOf(file);
    // What Node compiles, it would compile again; not so an ES module.
    module._compile = function (code, name, format) {
      delete module._compile;
      if (format !== 'module') others.set(file, { state, format, code: code.replace(MAP, '\n') });
      return this._compile(code, name, format);
    };
    return load.call(this, module, file);
  };

  process.on('exit', () => {
    if (others.size === 0) return;
    const known = Object.keys(files)
      .filter(isSameFile)
      .map((file) => [file, { ...files[file], code: codeOf(files[file]) }]);
    const added = [...others].filter(([file, { state }]) => stateOf(file) === state);
    write(store, key, requires, [...known, ...added]);
  });
}

const lock = stateOf(path.join(ROOT, 'node_modules/.package-lock.json'));
if (lock !== 'absent') keep(lock);
