/** Checks the names of Node.js modules. esbuild leaves all imports that begin with `node:` to Node.js. */
import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';
import { packageOf } from './installed-packages';

/** Modules of Lambda's Node.js 22 that Node.js 20 lacks, which can build functions. */
const NEWER_MODULES = ['node:sqlite'];

/** Makes an unknown module an error of the build. Packages may try modules of other versions. */
export function nodeModules(): Plugin {
  return {
    name: 'node-modules',
    setup(build) {
      build.onResolve({ filter: /^node:/ }, ({ path: name, importer }) => {
        if (isBuiltin(name) || NEWER_MODULES.includes(name) || packageOf(importer) !== undefined) return undefined;
        return { errors: [{ text: `Node.js has no module "${name}"`, notes: [{ text: 'Correct the name.' }] }] };
      });
    },
  };
}
