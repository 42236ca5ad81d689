/** The thread that runs esbuild: plugins and incremental builds are asynchronous, and constructs, which wait for it, are not. */
'use strict';
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { workerData } = require('node:worker_threads');
const esbuild = require('esbuild');

const { port, signal } = workerData;

/** Contexts, which know what they parsed before, by all that was asked for. */
const contexts = new Map();

/** One after the other: a context that is building already would give what it reads now to who asks later, too. */
let last = Promise.resolve();
port.on('message', (asked) => {
  last = last.then(() => handle(asked));
});

async function handle({ builds, kept, answered }) {
  let reply;
  try {
    reply = { outputs: await all(builds.map(kept ? rebuild : build)) };
  } catch (error) {
    reply = { error: error.message, errors: error.errors?.map(({ text }) => ({ text })) };
  }
  if (!answered) return;
  port.postMessage(reply);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}

/** Also when one fails the others are done: a build that goes on is joined by who asks next, with what it read before. */
async function all(promises) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

async function build(asked) {
  return outputOf(await esbuild.build(optionsOf(asked)));
}

async function rebuild(asked) {
  const name = JSON.stringify(asked);
  if (!contexts.has(name)) contexts.set(name, await esbuild.context(optionsOf(asked)));
  return outputOf(await contexts.get(name).rebuild());
}

function optionsOf({ options, replacements }) {
  return { ...options, plugins: replacements.length === 0 ? [] : [replacing(replacements)] };
}

function outputOf({ outputFiles, metafile }) {
  return { outputFiles: outputFiles.map(({ path: name, contents }) => ({ path: name, contents })), metafile };
}

/** @param {{ file: string, sha256: string, version: string, by: string }[]} replacements */
function replacing(replacements) {
  return {
    name: 'sdk-replacements',
    setup(build) {
      const names = replacements.map(({ file }) => path.basename(file).replaceAll('.', '\\.'));
      build.onLoad({ filter: new RegExp(`[\\\\/](${[...new Set(names)].join('|')})$`) }, ({ path: loaded }) => {
        const found = replacements.find(({ file }) =>
          loaded.replaceAll(path.sep, '/').endsWith(`/node_modules/${file}`),
        );
        if (!found) return undefined;
        const sha256 = createHash('sha256').update(readFileSync(loaded)).digest('hex');
        const version = versionOf(loaded, found.file);
        if (sha256 !== found.sha256 || version !== found.version) {
          return { errors: [{ text: changed(found, version, sha256) }] };
        }
        // A module of its own, which others can import by its own path and get the same one.
        return { contents: `export * from ${JSON.stringify(found.by)};` };
      });
    },
  };
}

/** The version of the package that a file belongs to. */
function versionOf(loaded, file) {
  const [scope, name] = file.split('/');
  const root = loaded.slice(0, loaded.length - file.length);
  return JSON.parse(readFileSync(path.join(root, scope, name, 'package.json'), 'utf8')).version;
}

function changed(entry, version, sha256) {
  return (
    `${entry.file} is not the file that its replacement was written for: ` +
    `it is of version ${version}, SHA-256 ${sha256}, and that was version ${entry.version}, SHA-256 ${entry.sha256}. ` +
    'Either update the entry in constructs/sdk/replacements.ts, which says how; ' +
    'or deploy without replacements: setting sdk: "stock" (environment variable SDK=stock).'
  );
}
