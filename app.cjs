/**
 * The app command of cdktf.json: compiles the main.ts of the current folder with its imports into dist/, with esbuild, and runs
 * the result. An app in another folder, such as examples/orders, has the command `node ../../app.cjs`.
 */
'use strict';
const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const path = require('node:path');
const { inspect } = require('node:util');
const esbuild = require('esbuild');

// Always the dist/ of this folder: the compiled constructs take the parent of dist/ as the root of the project.
const DIST = path.join(__dirname, 'dist');
const APP_FOLDER = process.cwd();

const OPTIONS = {
  absWorkingDir: __dirname,
  entryPoints: [path.join(APP_FOLDER, 'main.ts')],
  outfile: path.join(DIST, outputName(path.relative(__dirname, APP_FOLDER))),
  bundle: true,
  // Node.js loads npm packages from node_modules. A compiled file cannot contain native addons, or files that a package reads.
  packages: 'external',
  plugins: [{ name: 'lean-dynamodb', setup: compileLeanDynamodb }],
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'external',
  sourcesContent: false,
  write: false,
};

/** `main.cjs` for the root, `examples-orders.cjs` for examples/orders. */
function outputName(folder) {
  return `${folder.replace(/[^A-Za-z0-9]+/g, '-') || 'main'}.cjs`;
}

/** Compiles lean-dynamodb with the app, because the source of this workspace is TypeScript. */
function compileLeanDynamodb(build) {
  build.onResolve({ filter: /^lean-dynamodb$/ }, ({ path: name }) => ({ path: require.resolve(name) }));
}

function runBundle({ outputFiles: [map, code] }) {
  try {
    replaceFile(code);
  } catch ({ message }) {
    fail(`Cannot write ${code.path}: ${message}. Make the folder ${DIST} writable, or delete it.`);
  }
  // Stack traces contain the real path, even when dist/ is a symbolic link.
  const compiledFile = require.resolve(code.path);
  const failWith = (error) => fail(withSourcePositions(errorText(error), compiledFile, map.text));
  process.on('uncaughtException', failWith);
  process.on('unhandledRejection', failWith);
  require(compiledFile);
}

function fail(text) {
  console.error(text);
  process.exit(1);
}

function errorText(error) {
  if (error instanceof Error) return inspect(error);
  return `The app threw the value ${inspect(error)}, which has no stack trace. Throw an Error instead.`;
}

/** Replaces the file with a rename, which is atomic: another run may be loading the file. */
function replaceFile({ path: file, contents }) {
  const temporary = `${file}.${process.pid}`;
  mkdirSync(DIST, { recursive: true });
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

/**
 * Replaces positions in the compiled file with the positions in the TypeScript files.
 * Node's option --enable-source-maps is slow here: it maps every stack trace that CDKTF captures.
 */
function withSourcePositions(text, compiledFile, map) {
  const sources = new SourceMap(JSON.parse(map));
  const positions = new RegExp(`${compiledFile.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}:(\\d+):(\\d+)`, 'g');
  return text.replaceAll(positions, (position, line, column) => {
    const { fileName, lineNumber, columnNumber } = sources.findOrigin(Number(line), Number(column));
    return fileName ? `${path.resolve(DIST, fileName)}:${lineNumber}:${columnNumber}` : position;
  });
}

// esbuild prints compile errors itself, with file and line. It does not print why esbuild itself could not run.
esbuild.build(OPTIONS).then(runBundle, (error) => {
  if (!error.errors?.length)
    console.error(`esbuild did not run: ${error.message}. Run \`npm ci\` to install it again.`);
  process.exit(1);
});
