/** Bundles the functions of all APIs and their authorizers, before the stacks are created. */
import { type Bundle, bundleFunctions, type BundleOptions } from '../constructs/bundle';
import type { Api } from '../function/contract/api';
import { entryOf, type FunctionEntry } from './function-entry';

/** The bundles by contract name; the bundles of authorizers by contract name and authorizer: `orders-authorizers/gate`. */
export type Bundles = ReadonlyMap<string, Bundle>;

/**
 * @param contracts contracts without faults: call `checkApis` first
 * @throws BundleError when a function does not build
 * @example await buildFunctions([items, orders], settings)
 */
export async function buildFunctions(
  contracts: readonly Api[],
  { sdk = 'fast', sourceMap = false, minify = true }: Pick<BundleOptions, 'sdk' | 'sourceMap' | 'minify'> = {},
): Promise<Bundles> {
  const entries = contracts.flatMap((contract): [name: string, entry: FunctionEntry][] => [
    [contract.name, entryOf(contract, contracts)],
    ...authorizerEntries(contract),
  ]);
  const bundles = await bundleFunctions([...new Set(entries.map(([, { path }]) => path))], {
    sdk,
    sourceMap,
    minify,
    sources: new Map(entries.flatMap(([, { path, source }]) => (source === undefined ? [] : [[path, source]]))),
  });
  return new Map(
    entries.flatMap(([name, { path }]) => {
      const bundle = bundles.get(path);
      return bundle ? [[name, bundle]] : [];
    }),
  );
}

/** @throws Error when main.ts did not bundle the function of the contract */
export function bundleOf({ name }: Api, bundles: Bundles): Bundle {
  return existing(name, bundles);
}

/** Returns the bundles of a contract's authorizers by name. @throws Error when main.ts did not bundle one of them */
export function authorizerBundlesOf(contract: Api, bundles: Bundles): Readonly<Record<string, Bundle>> {
  const names = Object.keys(contract.auth?.authorizers ?? {});
  return Object.fromEntries(names.map((name) => [name, existing(authorizerKey(contract, name), bundles)]));
}

function existing(key: string, bundles: Bundles): Bundle {
  const bundle = bundles.get(key);
  if (!bundle) throw new Error(`There is no bundle of the API ${key}. Add the contract to the list in main.ts.`);
  return bundle;
}

function authorizerEntries(contract: Api): [name: string, entry: FunctionEntry][] {
  return Object.entries(contract.auth?.authorizers ?? {}).map(([name, { entry }]) => [
    authorizerKey(contract, name),
    { path: entry },
  ]);
}

/** Returns the name of an authorizer's bundle. */
export function authorizerKey({ name }: Api, authorizer: string): string {
  return `${name}-authorizers/${authorizer}`;
}
