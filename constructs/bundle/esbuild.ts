/** Calls esbuild with the options for all functions. */
import path from 'node:path';
import type { BuildOptions, BuildResult } from 'esbuild';
import { leanDynamodb, sdkModules } from 'lean-dynamodb';
import { filesOf, importedPackages, inputsOf } from './inputs';
import { warningText } from './messages';
import { nativeAddons } from './native-addons';
import { nodeModules } from './node-modules';
import { BUILD_OPTIONS } from './options';
import { virtualFiles } from './virtual-files';

export interface BuildContext {
  /** `fast` replaces parts of the AWS SDK, see packages/lean-dynamodb; `stock` bundles the SDK unchanged. */
  readonly sdk: 'fast' | 'stock';
  /** Whether to make source maps. */
  readonly sourceMap: boolean;
  /** Whether to minify the code. */
  readonly minify: boolean;
  /** Root folder of the project. Entries and inputs are paths from it. */
  readonly root: string;
  /** TypeScript of entries that are not files, by entry. */
  readonly sources: ReadonlyMap<string, string>;
  /** Path of import-meta.ts. */
  readonly importMeta: string;
}

export interface BuiltFunction {
  readonly entry: string;
  /** Name of the code in the archive: `index.js`, or `index.mjs` for an ES module. */
  readonly file: string;
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array | undefined;
  /** Files and folders that the code depends on. */
  readonly inputs: readonly string[];
  /** Packages that the function imports: `zod`. */
  readonly packages: readonly string[];
  /** Warnings as text, each with its file and line. */
  readonly warnings: readonly string[];
}

/**
 * Builds all entries with one call of esbuild, so that it reads shared files only once.
 * @param options additional options, which override BUILD_OPTIONS
 * @throws BuildFailure with the errors of all entries
 */
export async function build(
  entries: readonly string[],
  { sdk, sourceMap, minify, root, sources }: BuildContext,
  { plugins = [], ...options }: BuildOptions,
): Promise<BuiltFunction[]> {
  if (entries.length === 0) return [];
  // Imported here, not at the top: most runs find all bundles in the cache.
  const esbuild = await import('esbuild');
  const result = await esbuild.build({
    ...BUILD_OPTIONS,
    ...options,
    absWorkingDir: root,
    entryPoints: entries.map((entry, index) => ({ in: path.resolve(root, entry), out: String(index) })),
    minify,
    sourcemap: sourceMap && 'external',
    plugins: [
      ...plugins,
      virtualFiles(root, sources),
      nodeModules(),
      nativeAddons(),
      sdk === 'fast' ? leanDynamodb() : sdkModules(),
    ],
    metafile: true,
    write: false,
  });
  return entries.map((entry, index) => builtFunction(entry, String(index), root, result));
}

function builtFunction(
  entry: string,
  id: string,
  root: string,
  { metafile, outputFiles, warnings }: BuildResult<{ metafile: true; write: false }>,
): BuiltFunction {
  const name = Object.keys(metafile.outputs).find((output) => path.parse(output).name === id) ?? '';
  const contentsOf = (file: string) => outputFiles.find((output) => output.path === path.resolve(root, file))?.contents;
  const files = filesOf(metafile, metafile.outputs[name]?.entryPoint ?? '');
  return {
    entry,
    file: `index${path.extname(name)}`,
    code: contentsOf(name) ?? new Uint8Array(),
    sourceMap: contentsOf(`${name}.map`),
    inputs: inputsOf(files),
    packages: importedPackages(metafile, files),
    warnings: warnings
      .filter(({ location }) => !location || files.includes(location.file))
      .map((warning) => warningText(warning, entry)),
  };
}
