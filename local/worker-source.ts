/** The code of a worker thread, from its TypeScript file: compiled once, so that an instance starts with plain JavaScript. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as esbuild from 'esbuild';
import { keyOf, Store } from '../cache/store.cjs';

const load = createRequire(__filename);

const OPTIONS = {
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  write: false,
} as const;

const sources = new Map<string, string>();
/** As this process found it. */
let folder: string | undefined;

/** @param file absolute path of the worker's entry file; packages aside, it imports nothing from outside of this folder */
export function workerSource(file: string): string {
  const source = sources.get(file) ?? kept(file);
  sources.set(file, source);
  return source;
}

/** From an earlier run, when everything in this folder is the same. */
function kept(file: string): string {
  const store = new Store('workers');
  const key = keyOfFile(file, (folder ??= hashOfFolder()));
  const known = store.read(key)?.toString();
  if (known !== undefined) return known;
  const source = compile(file);
  // Otherwise it may be from files that changed meanwhile.
  if (hashOfFolder() === folder) store.write(key, source);
  return source;
}

function keyOfFile(file: string, hash: string): string {
  const { version } = load('esbuild/package.json') as { version: string };
  return keyOf(file, version, OPTIONS, hash);
}

function hashOfFolder(): string {
  const names = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const contents = names.sort().map((name) => [name, readFileSync(path.join(__dirname, name), 'utf8')]);
  const configuration = ['tsconfig.json', 'package.json'].map((name) =>
    readFileSync(path.join(__dirname, '..', name), 'utf8'),
  );
  return keyOf(configuration, contents);
}

function compile(file: string): string {
  // It is not needed, nor loaded, when there is something from an earlier run.
  const { buildSync } = load('esbuild') as typeof esbuild;
  return buildSync({ ...OPTIONS, entryPoints: [file] }).outputFiles[0]?.text ?? '';
}
