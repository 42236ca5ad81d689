/** Bundles packages whose optional packages are not installed: `pg` without `pg-native`, `ws` without `bufferutil`. */
import path from 'node:path';
import type { Message, PartialMessage, Plugin } from 'esbuild';
import { isRequired, packageName, packageOf } from './installed-packages';

/**
 * Makes an esbuild plugin that keeps calls of `require` and `import()` for packages that are not installed.
 * Such a call fails when the function reaches it, as in Node.js without a bundle. The build warns when the package.json of the
 * calling package requires the missing package.
 * @param errors errors of a build without this plugin. esbuild itself accepts a missing package inside of `try`.
 * @returns undefined when no error is about a missing package
 */
export function leaveOutMissingPackages(errors: readonly Message[], root: string): Plugin | undefined {
  const missing = new Set(errors.flatMap((error) => missingImport(error, root)));
  if (missing.size === 0) return undefined;
  return {
    name: 'missing-packages',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: name, importer, kind }) => {
        const isCall = kind === 'require-call' || kind === 'dynamic-import';
        if (!isCall || !missing.has(keyOf(importer, name))) return undefined;
        const missingPackage = packageName(name);
        const warn = missingPackage !== undefined && isRequired(missingPackage, importer);
        return { path: name, external: true, warnings: warn ? [warning(missingPackage, packageOf(importer))] : [] };
      });
    },
  };
}

function missingImport({ text, location }: Message, root: string): string[] {
  const [, name] = /^Could not resolve "(.+)"$/.exec(text) ?? [];
  if (name === undefined || !location || packageOf(location.file) === undefined) return [];
  return [keyOf(path.resolve(root, location.file), name)];
}

function warning(name: string, importer: string | undefined): PartialMessage {
  return {
    text: `The package ${importer} loads ${name}, which is not installed`,
    notes: [{ text: `The function fails when it reaches this call. Run \`npm install ${name}\`.` }],
  };
}

function keyOf(importer: string, name: string): string {
  return `${importer}\0${name}`;
}
