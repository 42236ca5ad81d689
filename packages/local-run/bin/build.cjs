/** Builds src/ to dist/ with esbuild: `node bin/build.cjs`. Does nothing when dist/ is already up to date. */
'use strict';
const { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const PACKAGE = path.join(__dirname, '..');
const SRC = path.join(PACKAGE, 'src');
const DIST = path.join(PACKAGE, 'dist');

/** The commands, and the entry files of its threads and child processes: see src/package-root.ts. */
const ENTRIES = {
  cli: 'cli.ts',
  mcp: 'mcp/cli.ts',
  'app-preload': 'source/app-preload.ts',
  'dynamodb-worker': 'services/dynamodb/worker.ts',
  'lambda-runtime': 'services/lambda/runtime/bootstrap.ts',
};

/** Lists the sources that dist/ was built from. The build writes it last, so an interrupted build counts as outdated. */
const STAMP = path.join(DIST, 'sources.txt');

function sourcesStamp() {
  const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => path.join(SRC, name));
  return [__filename, path.join(PACKAGE, 'package.json'), ...sources].map(fileStamp).join('');
}

function fileStamp(file) {
  const { size, mtimeMs } = statSync(file);
  return `${path.relative(PACKAGE, file)} ${size} ${mtimeMs}\n`;
}

function readStamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step, because another run may be loading it. */
function replaceFile(file, content) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

/** @throws esbuild's BuildFailure when a source does not compile; esbuild prints it */
function buildIfStale() {
  const stamp = sourcesStamp();
  if (stamp === readStamp()) return;
  const { outputFiles } = require('esbuild').buildSync({
    absWorkingDir: PACKAGE,
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, source]) => [name, path.join(SRC, source)])),
    outdir: DIST,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    sourcesContent: false,
    write: false,
  });
  mkdirSync(DIST, { recursive: true });
  for (const { path: file, contents } of outputFiles) replaceFile(file, contents);
  replaceFile(STAMP, stamp);
}

module.exports = { buildIfStale };

if (require.main === module) buildIfStale();
