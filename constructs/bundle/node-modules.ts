/** Checks the names of Node.js modules. esbuild accepts each import that begins with `node:`. */
import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';
import { packageOf } from './installed-packages';

/** Modules that Lambda's Node.js 22 has and Node.js 20 lacks. Node.js 20 can build functions, too. */
const NEWER_MODULES = ['node:sqlite'];

/** Reports an unknown module as an error, except in packages: they may try modules of other Node.js versions. */
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
