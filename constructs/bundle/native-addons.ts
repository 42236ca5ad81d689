/** Warns of packages with native addons, which are not in the bundle. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { packageOf } from './installed-packages';
import { NATIVE_ADDON_ADVICE } from './messages';

/** Packages that find and load the addon of the package that calls them. */
const ADDON_LOADERS = /^(bindings|node-gyp-build|@mapbox\/node-pre-gyp)$/;

/** Warns about a file that imports a loader, unless it contains `try`: then it has a fallback, as in `bufferutil`. */
export function nativeAddons(): Plugin {
  return {
    name: 'native-addons',
    setup(build) {
      build.onResolve({ filter: ADDON_LOADERS }, ({ importer }) => {
        const name = packageOf(importer);
        if (name === undefined || /\btry\s*\{/.test(readFileSync(importer, 'utf8'))) return undefined;
        return {
          warnings: [{ text: `The package ${name} loads a native addon`, notes: [{ text: NATIVE_ADDON_ADVICE }] }],
        };
      });
    },
  };
}
