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

// Always the dist/ of this folder: constructs find the root of the project as the parent of the folder that they run in.
const DIST = path.join(__dirname, 'dist');
const APP_FOLDER = process.cwd();

const OPTIONS = {
  absWorkingDir: __dirname,
  entryPoints: [path.join(APP_FOLDER, 'main.ts')],
  outfile: path.join(DIST, outputName(path.relative(__dirname, APP_FOLDER))),
  bundle: true,
  // Node.js loads these packages from node_modules. esbuild compiles lean-dynamodb, which is TypeScript.
  external: ['@cdktf/*', 'cdktf', 'constructs', 'esbuild', 'fflate', 'lean-dynamodb/package.json'],
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

function runBundle({ outputFiles: [map, code] }) {
  replaceFile(code);
  process.on('uncaughtException', (error) => {
    console.error(withSourcePositions(inspect(error), map.text));
    process.exit(1);
  });
  require(code.path);
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
function withSourcePositions(text, map) {
  const sources = new SourceMap(JSON.parse(map));
  const compiled = new RegExp(`[^\\s(]*/${path.basename(OPTIONS.outfile, '.cjs')}\\.cjs:(\\d+):(\\d+)`, 'g');
  return text.replaceAll(compiled, (position, line, column) => {
    const { fileName, lineNumber, columnNumber } = sources.findOrigin(Number(line), Number(column));
    return fileName ? `${path.resolve(DIST, fileName)}:${lineNumber}:${columnNumber}` : position;
  });
}

// When the build fails, esbuild has already printed the file, the line and the error.
esbuild.build(OPTIONS).then(runBundle, () => process.exit(1));
