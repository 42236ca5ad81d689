/**
 * Runs before the app in its process: `NODE_OPTIONS=--require app-preload.cjs`. It has two tasks, which the run chooses by
 * environment variables:
 * - Recording: when the process that loaded CDKTF ends, it writes down its arguments and the files of CDKTF that it loaded.
 * - Waiting: a spare process loads these files ahead, and waits on its standard input until the run needs it. That is most of
 *   the time of a synth. Node.js runs the app when this file returns, so every reload has a fresh process.
 */
import { readFileSync, readSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import type { LoadedApp } from './synth-cache';
import { RECORD_FILE, SPARE_FILE, type SpareInput } from './preload-protocol';

/** How long to wait before reading again from an input that is not ready yet. */
const RETRY_MS = 5;

/** CDKTF and its providers. */
const CDKTF = /[\\/]node_modules[\\/](cdktf|cdktn|constructs|@cdktf|@cdktn)[\\/]/;

/** Packages that only define things when they are loaded. Other packages may act then, so they wait for the app. */
const PRELOADED = /[\\/]node_modules[\\/](cdktf|cdktn|constructs|@cdktf|@cdktn|esbuild|jiti|typescript)[\\/]/;

function recordAtExit(file: string): void {
  process.on('exit', () => {
    const loaded = Object.keys(require.cache);
    if (!loaded.some((name) => CDKTF.test(name))) return;
    const packageFiles = loaded.filter((name) => PRELOADED.test(name));
    writeFileSync(file, JSON.stringify({ argv: process.argv, packageFiles } satisfies LoadedApp));
  });
}

/** Does nothing in other processes of the same command, such as npx: their arguments differ. */
function waitAsSpare({ argv, packageFiles }: LoadedApp): void {
  if (JSON.stringify(process.argv) !== JSON.stringify(argv)) return;
  for (const file of packageFiles) load(file);
  const line = readLine();
  // The run has ended.
  if (line === '') process.exit();
  const { variables } = JSON.parse(line) as SpareInput;
  Object.assign(process.env, variables);
}

function load(file: string): void {
  try {
    createRequire(__filename)(file);
  } catch {
    // The app will say so if it needs the file.
  }
}

/** @returns the first line of the standard input; empty when there is none */
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

/** @returns how many bytes were read; 0 at the end of the input */
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
