/**
 * TypeScript as one file of JavaScript: an entry, and all that it imports of this project. It is kept for as long as each of
 * those files is the same. To load a hundred of them one by one takes longer than all else that `npm start` does.
 */
'use strict';
const Module = require('node:module');
const path = require('node:path');
const { changedSince, keyOf, ROOT, stateOf, Store } = require('./store.cjs');

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  packages: 'external',
  // Plain JavaScript, of which a process has one.
  external: ['./cache/*'],
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  write: false,
  metafile: true,
};

/** Read by esbuild and Node.js for whatever file; not among the inputs that esbuild names. */
const CONFIGURATION = ['tsconfig.json', 'package.json'];

const store = new Store('local-run');
/** By the entry's path: a process has one state of each file. */
const bundles = new Map();

/** The bundle, and what tells of each file that it is made of whether it has changed. */
function build(entry, options = {}) {
  const began = Date.now();
  // It is not needed, nor loaded, when there is something from an earlier run.
  const { buildSync } = require('esbuild');
  // What is required of cache/ is looked for from where the entry is: a bundle that runs elsewhere, as a thread does, may use
  // nothing of it.
  const outfile = entry.replace(/\.ts$/, '.js');
  const { outputFiles, metafile } = buildSync({ ...OPTIONS, ...options, entryPoints: [entry], outfile });
  const files = [...Object.keys(metafile.inputs), ...CONFIGURATION].map((name) => path.join(ROOT, name));
  const states = files.map((file) => [file, stateOf(file)]);
  // One that was saved just before may be saved again unseen.
  const settled = !files.some((file) => changedSince(file, began));
  return { code: outputFiles.at(-1).text, outputFiles, states, settled };
}

/** From an earlier run, when all its files are as they were. */
function kept(entry) {
  const key = keyOf(entry, require('esbuild/package.json').version, OPTIONS);
  const content = store.read(key);
  if (content) {
    const start = content.indexOf('\n') + 1;
    const states = JSON.parse(content.toString('utf8', 0, start));
    if (areSame(states)) return { code: content.toString('utf8', start), states };
  }
  const { code, states, settled } = build(entry);
  if (settled) store.write(key, `${JSON.stringify(states)}\n${code}`);
  return { code, states };
}

function areSame(states) {
  return states.every(([file, state]) => stateOf(file) === state);
}

/** @param entry absolute path of a TypeScript file */
function bundleOf(entry) {
  const bundle = bundles.get(entry) ?? kept(entry);
  bundles.set(entry, bundle);
  return bundle.code;
}

/** @returns where lines of the bundle are from; undefined when its files have changed since */
function mapOf(entry) {
  const bundle = bundles.get(entry);
  if (!bundle || !areSame(bundle.states)) return undefined;
  const { outputFiles } = build(entry, { sourcemap: 'external', sourcesContent: false });
  return new Module.SourceMap(JSON.parse(outputFiles[0].text));
}

module.exports = { bundleOf, mapOf };
