/** Bundles the functions of all APIs, before their stacks are created. */
import { type Bundle, bundleFunctions, type BundleOptions } from '../constructs/bundle';
import type { Api } from '../function/contract/api';
import { entryOf } from './function-entry';

/** The bundles by contract name. */
export type Bundles = ReadonlyMap<string, Bundle>;

/**
 * @param contracts contracts without faults: call `checkApis` first
 * @throws BundleError when a function does not build
 * @example await buildFunctions([items, orders], settings)
 */
export async function buildFunctions(
  contracts: readonly Api[],
  { sdk = 'fast', sourceMap = false }: Pick<BundleOptions, 'sdk' | 'sourceMap'> = {},
): Promise<Bundles> {
  const entries = contracts.map((contract) => entryOf(contract, contracts));
  const bundles = await bundleFunctions(
    entries.map(({ path }) => path),
    {
      sdk,
      sourceMap,
      sources: new Map(entries.flatMap(({ path, source }) => (source === undefined ? [] : [[path, source]]))),
    },
  );
  return new Map(
    contracts.flatMap(({ name }, index) => {
      const bundle = bundles.get(entries[index]?.path ?? '');
      return bundle ? [[name, bundle]] : [];
    }),
  );
}

/** @throws Error when main.ts did not bundle the function of the contract */
export function bundleOf({ name }: Api, bundles: Bundles): Bundle {
  const bundle = bundles.get(name);
  if (!bundle) throw new Error(`There is no bundle of the API ${name}. Add the contract to the list in main.ts.`);
  return bundle;
}
