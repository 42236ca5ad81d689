/** Bundles the ES modules of the AWS SDK, from which esbuild removes unused code. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PartialMessage, Plugin, PluginBuild } from 'esbuild';

/**
 * Marks the calls of `build.resolve` in this file. The callbacks of this file ignore these calls. Otherwise each callback would
 * call itself without end.
 */
const NESTED_CALL = Symbol('module-build');

const COMMONJS_FOLDER = `${path.sep}dist-cjs${path.sep}`;
const MODULE_FOLDER = `${path.sep}dist-es${path.sep}`;

/** lib-dynamodb lacks `sideEffects: false` in its package.json, so esbuild keeps its paginators and the commands that they call. */
const DOCUMENT_INDEX = path.join('@aws-sdk', 'lib-dynamodb', 'dist-es', 'index.js');

/**
 * Resolves `@aws-sdk/*`, `@smithy/*` and `@aws/*` to their ES modules, for `import` and for `require`.
 * Use it when esbuild resolves packages in the order of Node.js, which selects the CommonJS files of the SDK.
 * A bundle never contains both copies of a module, because `instanceof` fails between classes of two copies.
 * @example await esbuild.build({ entryPoints, bundle: true, mainFields: ['main'], plugins: [sdkModules()] })
 */
export function sdkModules(): Plugin {
  return { name: 'sdk-modules', setup: resolveSdkModules };
}

/**
 * Registers the resolution of `sdkModules` in a build.
 * @param warningsOf returns the warnings to report for a resolved package @default no warnings
 */
export function resolveSdkModules(build: PluginBuild, warningsOf: (name: string) => PartialMessage[] = () => []): void {
  build.onResolve(
    { filter: /^@(aws-sdk|smithy|aws)\// },
    async ({ path: name, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === NESTED_CALL || kind === 'require-resolve') return undefined;
      const options = { importer, resolveDir, kind: 'import-statement', pluginData: NESTED_CALL } as const;
      const { errors, path: file, external, sideEffects } = await build.resolve(name, options);
      // esbuild reports the error itself, with the kind of the import.
      if (errors.length > 0 || external) return undefined;
      return { path: moduleFile(file), sideEffects, warnings: warningsOf(name) };
    },
  );
  build.onResolve({ filter: /^\.\/pagination$/ }, async ({ path: name, importer, resolveDir, kind, pluginData }) => {
    if (pluginData === NESTED_CALL || !importer.endsWith(DOCUMENT_INDEX)) return undefined;
    const { path: file } = await build.resolve(name, { importer, resolveDir, kind, pluginData: NESTED_CALL });
    return { path: file, sideEffects: false };
  });
}

/** The packages have the same files in both folders. */
function moduleFile(file: string): string {
  const at = file.lastIndexOf(COMMONJS_FOLDER);
  if (at === -1) return file;
  const found = file.slice(0, at) + MODULE_FOLDER + file.slice(at + COMMONJS_FOLDER.length);
  return existsSync(found) ? found : file;
}
