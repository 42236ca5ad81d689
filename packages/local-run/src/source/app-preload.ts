/**
 * Runs in the app's process before the app: `NODE_OPTIONS=--require app-preload.cjs`. It has two tasks. Environment variables
 * select them:
 * - Recording: when a process that loaded CDKTF ends, it writes its arguments and the files of CDKTF that it loaded to a file.
 * - Waiting: a spare process loads the recorded files, which takes most of the time of a synth. Then it waits for its standard
 *   input. When this file returns, Node.js runs the app. So each reload has a fresh process.
 */
import { readFileSync, readSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import type { LoadedApp } from './synth-cache';
import { RECORD_FILE, SPARE_FILE, type SpareInput } from './preload-protocol';

/** Pause before the next attempt to read an input that is not ready. */
const RETRY_MS = 5;

/** CDKTF and its providers. */
const CDKTF = /[\\/]node_modules[\\/](cdktf|cdktn|constructs|@cdktf|@cdktn)[\\/]/;

/** Packages without side effects when they load. Other packages may have side effects, so only the app loads them. */
const PRELOADED = /[\\/]node_modules[\\/](cdktf|cdktn|constructs|@cdktf|@cdktn|esbuild|jiti|typescript)[\\/]/;

function recordAtExit(file: string): void {
  process.on('exit', () => {
    const loaded = Object.keys(require.cache);
    if (!loaded.some((name) => CDKTF.test(name))) return;
    const packageFiles = loaded.filter((name) => PRELOADED.test(name));
    writeFileSync(file, JSON.stringify({ argv: process.argv, packageFiles } satisfies LoadedApp));
  });
}

/** Does nothing in other processes of the same command, such as npx: they have other arguments. */
function waitAsSpare({ argv, packageFiles }: LoadedApp): void {
  if (JSON.stringify(process.argv) !== JSON.stringify(argv)) return;
  for (const file of packageFiles) load(file);
  const line = readLine();
  // The input has ended, because the run has ended.
  if (line === '') process.exit();
  const { variables } = JSON.parse(line) as SpareInput;
  Object.assign(process.env, variables);
}

function load(file: string): void {
  try {
    createRequire(__filename)(file);
  } catch {
    // If the app needs the file, it loads the file itself and reports the error.
  }
}

/** @returns the first line of standard input; empty when the input ends without a line */
function readLine(): string {
  let text = '';
  const buffer = Buffer.alloc(65_536);
  while (!text.includes('\n')) {
    const length = readInput(buffer);
    if (length === 0) return '';
    text += buffer.toString('utf8', 0, length);
  }
  return text;
}

/** @returns the number of bytes read; 0 at the end of the input */
function readInput(buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(0, buffer);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      // A process between this one and the run may have made the input non-blocking.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

if (isMainThread) {
  const { [RECORD_FILE]: recordFile, [SPARE_FILE]: spareFile } = process.env;
  if (recordFile !== undefined) recordAtExit(recordFile);
  if (spareFile !== undefined) waitAsSpare(JSON.parse(readFileSync(spareFile, 'utf8')) as LoadedApp);
}
