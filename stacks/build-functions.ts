/** Bundles the functions of all stacks. main.ts awaits the bundles before it creates the stacks. */
import { type Bundle, bundleFunctions } from '../constructs/bundle';
import type { Settings } from './settings';

/** A stack class that names the entry file of its function. */
export interface HasFunction {
  /** Path of the entry file from the project's root, for example `function/items/index.ts`. */
  readonly entry: string;
}

/** Bundles by entry file. */
export type Bundles = ReadonlyMap<string, Bundle>;

/**
 * Bundles the functions of the stacks.
 * @throws esbuild's BuildFailure, with file and line, when a function does not build
 */
export function buildFunctions(stacks: readonly HasFunction[], { sdk }: Pick<Settings, 'sdk'>): Promise<Bundles> {
  return bundleFunctions(
    stacks.map(({ entry }) => entry),
    { sdk },
  );
}

/**
 * Returns the bundle of a stack's function.
 * @throws Error when main.ts did not pass the stack to `buildFunctions`
 */
export function bundleOf({ entry }: HasFunction, bundles: Bundles): Bundle {
  const bundle = bundles.get(entry);
  if (!bundle) throw new Error(`The function ${entry} was not bundled. Add its stack to SYSTEMS in main.ts.`);
  return bundle;
}
