/** Builds reproducible zip archives from the entry files of functions, with esbuild and fflate. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { leanDynamodb } from 'lean-dynamodb';
import { configFilesOf } from './bundle/config-files';
import { BundleCache } from './bundle-cache';
import { ESBUILD_TARGET } from './node-runtime';

export interface Bundle {
  /** Lambda's handler setting: `index.handler`. */
  readonly handler: string;
  /** The bundled JavaScript. */
  readonly code: Uint8Array;
  /** Source map of the code, if requested. The archive does not contain it, because it would slow down cold starts. */
  readonly sourceMap: Uint8Array | undefined;
  /** The zip archive. */
  readonly zip: Uint8Array;
  /** SHA-256 of the archive in base64: Terraform's `source_code_hash`. */
  readonly hash: string;
}

export interface BundleOptions {
  /** `fast` replaces parts of the AWS SDK, see packages/lean-dynamodb; `stock` bundles the SDK unchanged. @default fast */
  readonly sdk?: Sdk;
  /** Whether to make source maps. Then no bundle is read from the cache. @default false */
  readonly sourceMap?: boolean;
  /** Root folder of the project. Entries are paths from it. @default this repository */
  readonly root?: string;
}

export type Sdk = 'fast' | 'stock';

const ROOT = path.join(__dirname, '..');
const LEAN_DYNAMODB = path.dirname(require.resolve('lean-dynamodb/package.json'));

/** Name of the module in the archive, and first part of Lambda's handler setting. */
const MODULE = 'index';

/** Folder in the paths of esbuild's results. esbuild returns the files and does not write them. */
const OUT_FOLDER = 'out';

const BUILD_OPTIONS = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: ESBUILD_TARGET,
  // Lambda loads a CommonJS module faster than an ES module.
  format: 'cjs',
  // Without `module`, esbuild reads the CommonJS files of packages, which it cannot tree-shake.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'silent',
  metafile: true,
  outdir: OUT_FOLDER,
  write: false,
} as const satisfies BuildOptions;

/** A bundle as JSON. */
interface CachedBundle {
  readonly code: string;
  /** The archive in base64. */
  readonly zip: string;
  readonly warnings: readonly string[];
}

/**
 * Bundles functions with all their imports, including the AWS SDK, for Lambda's Node.js 22.
 * The same sources give the same bytes in any folder, at any time. Uses valid bundles from the cache.
 * Prints warnings on stderr, for example when the lean client does not fit the installed SDK.
 * @param entries files that export `handler`, as paths from the project's root: `function/items/index.ts`
 * @returns the bundles by entry
 * @throws esbuild's BuildFailure, whose message has file and line, when an entry does not build
 */
export async function bundleFunctions(
  entries: readonly string[],
  { sdk = 'fast', sourceMap = false, root = ROOT }: BundleOptions = {},
): Promise<ReadonlyMap<string, Bundle>> {
  const startedAt = Date.now();
  const cache = new BundleCache<CachedBundle>(root);
  const keyOf = (entry: string) => JSON.stringify([entry, sdk, BUILD_OPTIONS, process.env['NODE_PATH']]);
  const bundles = new Map<string, Bundle>();
  const warnings = new Set<string>();
  // The cache has no source maps.
  for (const entry of sourceMap ? [] : entries) {
    const cached = cache.read(keyOf(entry));
    if (!cached) continue;
    bundles.set(entry, bundleOf(Buffer.from(cached.code), Buffer.from(cached.zip, 'base64')));
    for (const warning of cached.warnings) warnings.add(warning);
  }
  const uncached = entries.filter((entry) => !bundles.has(entry));
  for (const { entry, bundle, inputs, warnings: texts } of await build(uncached, { sdk, sourceMap, root })) {
    bundles.set(entry, bundle);
    for (const warning of texts) warnings.add(warning);
    const [code, zip] = [Buffer.from(bundle.code).toString(), Buffer.from(bundle.zip).toString('base64')];
    const allInputs = [...inputs, ...configFilesOf(inputs, root)];
    cache.write(keyOf(entry), { code, zip, warnings: texts }, allInputs, startedAt);
  }
  for (const warning of warnings) console.warn(warning);
  return bundles;
}

interface BuildResult {
  readonly entry: string;
  readonly bundle: Bundle;
  /** See `inputsOf`. */
  readonly inputs: readonly string[];
  readonly warnings: readonly string[];
}

/** Builds all entries with one call of esbuild, so that it reads shared files only once. */
async function build(
  entries: readonly string[],
  { sdk, sourceMap, root }: Required<BundleOptions>,
): Promise<readonly BuildResult[]> {
  if (entries.length === 0) return [];
  // Imported here, not at the top: most runs find all bundles in the cache.
  const [esbuild, fflate] = await Promise.all([import('esbuild'), import('fflate')]);
  const { outputFiles, metafile, warnings } = await esbuild.build({
    ...BUILD_OPTIONS,
    absWorkingDir: root,
    entryPoints: entries.map((entry, index) => ({ in: path.resolve(root, entry), out: String(index) })),
    sourcemap: sourceMap && 'external',
    plugins: sdk === 'fast' ? [leanDynamodb()] : [],
  });
  const fileAt = (name: string) =>
    outputFiles.find((file) => file.path === path.resolve(root, OUT_FOLDER, name))?.contents;
  return entries.map((entry, index) => {
    const code = fileAt(`${index}.js`) ?? new Uint8Array();
    const zip = fflate.zipSync({ [`${MODULE}.js`]: [code, ZIP_OPTIONS] });
    return {
      entry,
      bundle: bundleOf(code, zip, fileAt(`${index}.js.map`)),
      inputs: inputsOf(metafile, metafile.outputs[`${OUT_FOLDER}/${index}.js`]?.entryPoint ?? ''),
      warnings: warnings.map(({ text }) => text),
    };
  });
}

/**
 * Options of the archive. Constant file times and modes: the same content gives the same bytes. Zip times are local times and
 * start in 1980.
 * fflate makes the archive, because the output of node:zlib depends on its version and on the processor.
 */
const ZIP_OPTIONS = { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 } as const;

function bundleOf(code: Uint8Array, zip: Uint8Array, sourceMap?: Uint8Array): Bundle {
  const hash = createHash('sha256').update(zip).digest('base64');
  return { handler: `${MODULE}.handler`, code, sourceMap, zip, hash };
}

/** Returns the files and folders that the bundle of an entry depends on. */
function inputsOf({ inputs }: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path: imported, external } of inputs[file]?.imports ?? []) if (!external) found.add(imported);
  }
  const files = [...found].filter((file) => !file.startsWith('lean-dynamodb:'));
  const folders = files
    .filter((file) => !file.includes('node_modules/'))
    // A new file can change what an import resolves to: esbuild prefers `http.ts` to `http/index.ts`.
    .flatMap((file) => [path.dirname(file), path.dirname(path.dirname(file))])
    // The root does not count: builds create folders there.
    .filter((folder) => folder !== '.');
  return [...new Set([...files, ...folders, ...BUILD_INPUTS])];
}

/** Files that decide how sources are resolved, compiled and archived. */
const BUILD_INPUTS = [
  'node_modules/.package-lock.json',
  path.join(ROOT, 'constructs/bundle.ts'),
  path.join(ROOT, 'constructs/bundle/config-files.ts'),
  ...['index.ts', 'installed-sdk.ts', 'replacements.ts'].map((name) => path.join(LEAN_DYNAMODB, 'src', name)),
];

/**
 * Writes the archive, the code and, if present, the source map into a folder.
 * @returns the path of the archive
 */
export function writeBundle({ code, sourceMap, zip }: Bundle, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${MODULE}.js`), code);
  if (sourceMap) writeFileSync(path.join(folder, `${MODULE}.js.map`), sourceMap);
  const file = path.join(folder, 'function.zip');
  writeFileSync(file, zip);
  return file;
}
