/** Bundles the functions of all stacks, before the stacks are created. */
import { type Bundle, bundleFunctions } from '../constructs/bundle';
import type { Settings } from './settings';

/** A stack's class says which entry file its function has. */
export interface HasFunction {
  /** Path from the project's root, for example `function/items/index.ts`. */
  readonly entry: string;
}

/** Finished bundles by their entry files. */
export type Bundles = ReadonlyMap<string, Bundle>;

/** @throws esbuild's BuildFailure, with file and line, when a function does not build */
export function buildFunctions(stacks: readonly HasFunction[], { sdk }: Pick<Settings, 'sdk'>): Promise<Bundles> {
  return bundleFunctions(
    stacks.map(({ entry }) => entry),
    { sdk },
  );
}

/** @throws Error when main.ts did not bundle the entry */
export function bundleOf({ entry }: HasFunction, bundles: Bundles): Bundle {
  const bundle = bundles.get(entry);
  if (!bundle) throw new Error(`There is no bundle of ${entry}. Add the stack to the list in main.ts.`);
  return bundle;
}
