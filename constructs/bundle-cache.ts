/** Bundles from earlier runs: one is taken only if every file that it was made of, or that decides which those are, is the same. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inputs } from '../cache/inputs.cjs';
import { keyOf, ROOT, sha256, stateOf, Store } from '../cache/store.cjs';
import type { Bundle } from './bundle';

interface Entry {
  /** What each path held. */
  readonly found: readonly (readonly [path: string, found: string])[];
  readonly sources: readonly string[];
  readonly handler: string;
  readonly hash: string;
  readonly code: string;
  readonly zip: string;
  readonly sourceMap: string | undefined;
}

/** What decides how esbuild resolves and compiles, in the folder of a file and those above it. */
const CONFIGURATION = ['package.json', 'tsconfig.json'];

/** File times may be so coarse, in milliseconds (ext3, HFS+: a second; FAT: two). */
const CLOCK = 2000;

const MODULES = `${path.sep}node_modules${path.sep}`;

/**
 * The bundle of an earlier run, or else what `build` makes.
 * @param about what the bundle depends on beside files: JSON
 */
export function cached(about: unknown, build: () => Bundle): Bundle {
  const store = new Store('bundles');
  const key = keyOf(about, process.cwd(), process.env['NODE_PATH'], process.env['ESBUILD_BINARY_PATH'], tools());
  const known = read(store, key);
  if (known) return noted(known);
  const began = Date.now();
  const built = build();
  const found = probes(built.sources).map((probe) => [probe, look(probe)] as const);
  // What changed meanwhile may not be what was built.
  if (
    built.sources.every((file) => changedBefore(file, began)) &&
    folders(built.sources).every((folder) => changedBefore(folder, began))
  ) {
    store.write(key, JSON.stringify(entryOf(built, found)));
  }
  return noted(built);
}

function noted(bundle: Bundle): Bundle {
  for (const source of bundle.sources) inputs.add(source);
  return bundle;
}

function read(store: Store, key: string): Bundle | undefined {
  const content = store.read(key);
  if (!content) return undefined;
  const entry = JSON.parse(content.toString()) as Entry;
  if (entry.found.some(([probe, found]) => glance(probe) !== found)) return undefined;
  const { sources, handler, hash } = entry;
  const [code, zip] = [Buffer.from(entry.code, 'base64'), Buffer.from(entry.zip, 'base64')];
  const sourceMap = entry.sourceMap === undefined ? undefined : Buffer.from(entry.sourceMap, 'base64');
  return { handler, code, sourceMap, sources, zip, hash };
}

function entryOf(bundle: Bundle, found: Entry['found']): Entry {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const { handler, hash, code, zip, sourceMap, sources } = bundle;
  return { found, sources, handler, hash, code: text(code), zip: text(zip), sourceMap: sourceMap && text(sourceMap) };
}

/** What builds: our own files, and the versions of the packages. */
function tools(): string[] {
  const own = ['bundle.ts', 'bundle-cache.ts', 'sdk/build.ts', 'sdk/build-worker.cjs'];
  const load = createRequire(__filename);
  const packages = ['esbuild/package.json', 'fflate/package.json'].map((name) => load.resolve(name));
  return [...own.map((name) => path.join(__dirname, name)), ...packages].map(look);
}

/** The sources, and all whose change could make others of them. */
function probes(sources: readonly string[]): string[] {
  const all = new Set(sources);
  for (const source of sources) {
    for (let folder = path.dirname(source); ; folder = path.dirname(folder)) {
      for (const name of CONFIGURATION) all.add(path.join(folder, name));
      if (!folder.includes(MODULES.slice(0, -1))) all.add(path.join(folder, 'node_modules/.package-lock.json'));
      if (folder === path.dirname(folder)) break;
    }
  }
  for (const folder of folders(sources)) all.add(folder);
  all.add(path.join(ROOT, 'node_modules/.package-lock.json'));
  return [...all];
}

/** Those with files of ours: a file that comes to one can stand before another. In packages only npm adds any. */
function folders(sources: readonly string[]): string[] {
  return [...new Set(sources.filter((source) => !source.includes(MODULES)).map((source) => path.dirname(source)))];
}

/** What was seen by one synchronous turn, such as a synth: its bundles share most of their files. */
const seen = new Map<string, string>();

function glance(probe: string): string {
  if (seen.size === 0) queueMicrotask(() => seen.clear());
  const found = seen.get(probe) ?? look(probe);
  seen.set(probe, found);
  return found;
}

/** The hash of a file, the names in a folder, or that there is nothing; in packages, of which there are hundreds, the file's times. */
function look(probe: string): string {
  if (probe.includes(MODULES)) return stateOf(probe);
  try {
    return sha256(readFileSync(probe)).toString('base64');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') return 'absent';
    return keyOf(readdirSync(probe).sort());
  }
}

function changedBefore(file: string, time: number): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Math.max(stat.mtimeMs, stat.ctimeMs) < time - CLOCK;
}
