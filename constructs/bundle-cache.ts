/** Bundles from earlier runs: one is taken only if every file that it was made of, or that decides which those are, is the same. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inputs } from '../cache/inputs.cjs';
import { changedSince, keyOf, sha256, stateOf, statOf, Store } from '../cache/store.cjs';
import type { Bundle } from './bundle';
import { isInPackage, probesOf } from './bundle-probes';

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

/** What each path held. */
type Found = ReadonlyMap<string, string>;

/** As stateOf has it. */
const ABSENT = 'absent';

/**
 * The bundle of an earlier run, or else what `build` makes.
 * @param entry the path that the build begins with
 * @param about what the bundle depends on beside files: JSON
 */
export function cached(entry: string, about: unknown, build: () => Bundle): Bundle {
  const store = new Store('bundles');
  const key = keyOf(
    about,
    realPathOf(entry),
    process.cwd(),
    process.env['NODE_PATH'],
    process.env['ESBUILD_BINARY_PATH'],
    tools().map(look),
  );
  const known = read(store, key);
  if (known) return known;
  const before = lookedAt(probesOf([path.resolve(entry)]).paths);
  const began = Date.now();
  const built = build();
  const { paths, complete } = probesOf(built.sources);
  const found = lookedAt(paths);
  if (complete && !built.linked && isSettled(found, before, began))
    store.write(key, JSON.stringify(entryOf(built, [...found])));
  note(built.sources, [...found]);
  return built;
}

/**
 * Whether what was found after a build is what it read: something that changed meanwhile may not be. What there is must be old
 * enough; what there is not was not there before either, or else nothing has gone from where it would be.
 */
function isSettled(found: Found, before: Found, began: number): boolean {
  for (const [probe, what] of before) if (found.has(probe) && found.get(probe) !== what) return false;
  for (const [probe, what] of found) {
    if (what === ABSENT ? !before.has(probe) && changedSince(nearest(probe), began) : changedSince(probe, began))
      return false;
  }
  return true;
}

/** For what is made of the bundle in turn: its sources, and the settings that decide what esbuild makes of them. */
function note(sources: readonly string[], found: Entry['found']): void {
  for (const source of sources) inputs.add(source);
  for (const [probe, what] of found) if (what !== ABSENT && probe.endsWith('.json')) inputs.add(probe);
}

function read(store: Store, key: string): Bundle | undefined {
  const content = store.read(key);
  if (!content) return undefined;
  const entry = JSON.parse(content.toString()) as Entry;
  if (entry.found.some(([probe, found]) => glance(probe) !== found)) return undefined;
  const { sources, handler, hash } = entry;
  note(sources, entry.found);
  const [code, zip] = [Buffer.from(entry.code, 'base64'), Buffer.from(entry.zip, 'base64')];
  const sourceMap = entry.sourceMap === undefined ? undefined : Buffer.from(entry.sourceMap, 'base64');
  return { handler, code, sourceMap, sources, linked: false, zip, hash };
}

function entryOf(bundle: Bundle, found: Entry['found']): Entry {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const { handler, hash, code, zip, sourceMap, sources } = bundle;
  return { found, sources, handler, hash, code: text(code), zip: text(zip), sourceMap: sourceMap && text(sourceMap) };
}

/** Behind all links; undefined: there is nothing. */
export function realPathOf(file: string): string | undefined {
  return existsSync(file) ? realpathSync(file) : undefined;
}

/** What builds: paths of our own files, and of those that have the versions of the packages. */
export function tools(): string[] {
  const own = ['bundle.ts', 'bundle-cache.ts', 'bundle-probes.ts', 'sdk/build.ts', 'sdk/build-worker.cjs'];
  const load = createRequire(__filename);
  const packages = ['esbuild/package.json', 'fflate/package.json'].map((name) => load.resolve(name));
  return [...own.map((name) => path.join(__dirname, name)), ...packages];
}

/** What was seen by one synchronous turn, such as a synth: its bundles share most of their files. */
const seen = new Map<string, string>();
let seenSince = 0;

/** Since when what a bundle is found by may have been seen, in ms since the epoch: files that changed later are not known. */
export function lookingSince(): number {
  return seen.size === 0 ? Date.now() : seenSince;
}

function glance(probe: string): string {
  if (seen.size === 0) {
    seenSince = Date.now();
    queueMicrotask(() => seen.clear());
  }
  const found = seen.get(probe) ?? look(probe);
  seen.set(probe, found);
  return found;
}

function lookedAt(probes: readonly string[]): Found {
  return new Map(probes.map((probe) => [probe, look(probe)]));
}

/** The hash of a file, the names in a folder, or that there is nothing; in packages, of which there are hundreds, the file's times. */
function look(probe: string): string {
  if (isInPackage(probe)) return stateOf(probe);
  const stat = statOf(probe);
  if (!stat) return ABSENT;
  try {
    return stat.isDirectory() ? keyOf(readdirSync(probe).sort()) : sha256(readFileSync(probe)).toString('base64');
  } catch {
    // Gone meanwhile, or not to be read.
    return ABSENT;
  }
}

/** The folder in which something would be, or the first above it that there is. */
function nearest(file: string): string {
  const folder = path.dirname(file);
  return folder === file || existsSync(folder) ? folder : nearest(folder);
}
