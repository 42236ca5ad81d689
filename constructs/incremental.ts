/** Bundles in a process that synthesizes again and again: remembered, or built on what esbuild parsed before. */
import type { Bundle } from './bundle';
import { lookingSince, realPathOf, tools } from './bundle-cache';
import { BundleMemory } from './bundle-memory';
import { type Build, buildKept, type Output, prepare } from './sdk/build';

/** Set to 1 by whoever synthesizes again and again in one process (`npm start -- --watch`). */
const INCREMENTAL = 'BUNDLE_INCREMENTAL';

const memory = new BundleMemory<Bundle>();

export function isIncremental(): boolean {
  return process.env[INCREMENTAL] === '1';
}

/**
 * The bundle, of the same bytes as any other of this build.
 * @param entry the path that the build begins with
 * @param first makes or finds it where this process has none yet, given what makes it
 * @param bundleOf what comes of esbuild's output
 * @throws Error with esbuild's message
 */
export function again(
  entry: string,
  build: Build,
  first: (make: () => Bundle) => Bundle,
  bundleOf: (output: Output) => Bundle,
): Bundle {
  // Where the entry lies behind a link, what it leads to now; the sources do not tell.
  const name = JSON.stringify({ ...build, at: realPathOf(entry) });
  memory.ask(name);
  try {
    return recalledOr(build, name, first, bundleOf);
  } catch (error) {
    memory.askAll();
    throw error;
  }
}

function recalledOr(
  build: Build,
  name: string,
  first: (make: () => Bundle) => Bundle,
  bundleOf: (output: Output) => Bundle,
): Bundle {
  const known = memory.recall(name);
  if (known) return known;
  const began = lookingSince();
  const make = (names: readonly string[]) => {
    const outputs = buildKept(names.map((one) => JSON.parse(one) as Build));
    return outputs.map((output) => bundleOf(output));
  };
  if (memory.latest(name) === undefined) {
    const made: Bundle[] = [];
    const bundle = first(() => {
      made.push(...make([name]));
      return one(made);
    });
    keep(name, bundle, began);
    // So that also the first change finds all the rest parsed.
    if (made.length === 0) prepare([build]);
    return bundle;
  }
  // With it also the others that have changed: they are asked for next, and build side by side.
  const others = memory.changed(name);
  const names = [name, ...others];
  let bundles: Bundle[];
  try {
    bundles = make(names);
  } catch (error) {
    if (others.length === 0) throw error;
    // One of the others may be gone, or nobody's any more.
    memory.forget(others);
    bundles = make([name]);
  }
  for (const [index, bundle] of bundles.entries()) keep(names[index] ?? '', bundle, began);
  return one(bundles);
}

function keep(name: string, bundle: Bundle, began: number): void {
  // Nobody can say since when a link leads where it does.
  memory.keep(name, bundle, bundle.sources, bundle.linked ? 0 : began, tools());
}

function one([bundle]: readonly Bundle[]): Bundle {
  if (!bundle) throw new Error('esbuild made nothing');
  return bundle;
}
