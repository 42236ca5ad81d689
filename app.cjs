/** The app command of cdktf.json: compiles main.ts and its imports to dist/main.cjs with esbuild, and runs that. */
'use strict';
const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const path = require('node:path');
const { inspect } = require('node:util');
const esbuild = require('esbuild');

const DIST = path.join(__dirname, 'dist');

const OPTIONS = {
  absWorkingDir: __dirname,
  entryPoints: ['main.ts'],
  outfile: path.join(DIST, 'main.cjs'),
  bundle: true,
  // Node.js loads these packages. lean-dynamodb is TypeScript, so it is compiled.
  external: ['@cdktf/*', 'cdktf', 'constructs', 'esbuild', 'fflate', 'lean-dynamodb/package.json'],
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'external',
  sourcesContent: false,
  write: false,
};

function run({ outputFiles: [map, code] }) {
  replaceFile(code);
  process.on('uncaughtException', (error) => {
    console.error(withSourcePositions(inspect(error), map.text));
    process.exit(1);
  });
  require(code.path);
}

/** Replaces the file in one step: another run may be loading it. */
function replaceFile({ path: file, contents }) {
  const temporary = `${file}.${process.pid}`;
  mkdirSync(DIST, { recursive: true });
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

/**
 * Replaces positions in dist/main.cjs with those in the TypeScript files.
 * Node's own source map support would map every stack that CDKTF captures, and a synth would take a quarter longer.
 */
function withSourcePositions(text, map) {
  const sources = new SourceMap(JSON.parse(map));
  return text.replaceAll(/[^\s(]*main\.cjs:(\d+):(\d+)/g, (position, line, column) => {
    const { fileName, lineNumber, columnNumber } = sources.findOrigin(Number(line), Number(column));
    return fileName ? `${path.resolve(DIST, fileName)}:${lineNumber}:${columnNumber}` : position;
  });
}

// Of a failed build, esbuild has printed the file, the line and the error.
esbuild.build(OPTIONS).then(run, () => process.exit(1));
