/** The app command of cdktf.json: compiles main.ts and its imports to dist/main.cjs with esbuild, then runs dist/main.cjs. */
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
  // Node.js loads these packages from node_modules. esbuild compiles lean-dynamodb, which is TypeScript.
  external: ['@cdktf/*', 'cdktf', 'constructs', 'esbuild', 'fflate', 'lean-dynamodb/package.json'],
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'external',
  sourcesContent: false,
  write: false,
};

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
 * Replaces positions in dist/main.cjs with the positions in the TypeScript files.
 * Node's option --enable-source-maps is slow here: it maps every stack trace that CDKTF captures.
 */
function withSourcePositions(text, map) {
  const sources = new SourceMap(JSON.parse(map));
  return text.replaceAll(/[^\s(]*main\.cjs:(\d+):(\d+)/g, (position, line, column) => {
    const { fileName, lineNumber, columnNumber } = sources.findOrigin(Number(line), Number(column));
    return fileName ? `${path.resolve(DIST, fileName)}:${lineNumber}:${columnNumber}` : position;
  });
}

// When the build fails, esbuild has already printed the file, the line and the error.
esbuild.build(OPTIONS).then(runBundle, () => process.exit(1));
