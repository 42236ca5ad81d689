/** Builds reproducible zip archives from the entry files of functions, with esbuild and fflate. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { archiveOf } from './bundle/archive';
import { buildFunctions } from './bundle/build';
import { configFilesOf } from './bundle/config-files';
import type { BuildContext, BuiltFunction } from './bundle/esbuild';
import { BUILD_OPTIONS } from './bundle/options';
import { BundleCache } from './bundle-cache';

export { BundleError } from './bundle/messages';

export interface Bundle {
  /** Lambda's handler setting: `index.handler`. */
  readonly handler: string;
  /** Name of the code in the archive: `index.js`, or `index.mjs` for an ES module. */
  readonly file: string;
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
  /** Whether to make source maps. @default false */
  readonly sourceMap?: boolean;
  /** Whether to minify the code. Debuggers show the names of variables only without it. @default true */
  readonly minify?: boolean;
  /** Root folder of the project. Entries are paths from it. @default this repository */
  readonly root?: string;
  /** TypeScript of entries that are not files, by entry. Its imports are relative to the root. @default every entry is a file */
  readonly sources?: ReadonlyMap<string, string>;
}

export type Sdk = 'fast' | 'stock';

const ROOT = path.join(__dirname, '..');
const LEAN_DYNAMODB = path.dirname(require.resolve('lean-dynamodb/package.json'));
const BUNDLER = path.join(ROOT, 'constructs/bundle');

/** A bundle as the cache stores it. */
interface CachedBundle {
  readonly file: string;
  readonly code: string;
  /** The archive in base64. */
  readonly zip: string;
  /** Absent: no source map was requested. */
  readonly sourceMap?: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Bundles functions with all their imports, including the AWS SDK, for Node.js 22, the oldest runtime of Lambda that the stacks offer.
 * The same sources give the same bytes in any folder, at any time. Uses valid bundles from the cache.
 * Prints esbuild's warnings on stderr, each with its file and line, even for bundles from the cache.
 * @param entries files that export `handler`, as paths from the project's root: `function/manager/index.ts`
 * @returns the bundles by entry
 * @throws BundleError when functions do not build; the message names each function, its errors and how to correct them
 */
export async function bundleFunctions(
  entries: readonly string[],
  { sdk = 'fast', sourceMap = false, minify = true, root = ROOT, sources = new Map() }: BundleOptions = {},
): Promise<ReadonlyMap<string, Bundle>> {
  const startedAt = Date.now();
  const cache = new BundleCache<CachedBundle>(root);
  const keyOf = (entry: string) =>
    JSON.stringify([entry, sources.get(entry), sdk, BUILD_OPTIONS, process.env['NODE_PATH'], sourceMap, minify]);
  const bundles = new Map<string, Bundle>();
  const warnings = new Set<string>();
  for (const entry of entries) {
    const cached = cache.read(keyOf(entry));
    if (!cached) continue;
    const { file, code, zip, sourceMap: map } = cached;
    const content = { file, code: Buffer.from(code), zip: Buffer.from(zip, 'base64') };
    bundles.set(entry, bundleOf({ ...content, sourceMap: map === undefined ? undefined : Buffer.from(map) }));
    for (const warning of cached.warnings) warnings.add(warning);
  }
  const uncached = entries.filter((entry) => !bundles.has(entry));
  const importMeta = path.join(BUNDLER, 'import-meta.ts');
  for (const result of await build(uncached, { sdk, sourceMap, minify, root, importMeta, sources })) {
    const { entry, file, inputs } = result;
    bundles.set(entry, bundleOf(result));
    for (const warning of result.warnings) warnings.add(warning);
    const [code, zip] = [Buffer.from(result.code).toString(), Buffer.from(result.zip).toString('base64')];
    const map = result.sourceMap && Buffer.from(result.sourceMap).toString();
    const allInputs = [...inputs, ...BUILD_INPUTS, ...configFilesOf(inputs, root)];
    cache.write(keyOf(entry), { file, code, zip, sourceMap: map, warnings: result.warnings }, allInputs, startedAt);
  }
  for (const warning of warnings) console.warn(warning);
  return bundles;
}

async function build(
  entries: readonly string[],
  context: BuildContext,
): Promise<readonly (BuiltFunction & Pick<Bundle, 'zip'>)[]> {
  if (entries.length === 0) return [];
  const built = await buildFunctions(entries, context);
  return Promise.all(built.map(async (result) => ({ ...result, zip: await archiveOf(result.file, result.code) })));
}

function bundleOf({ file, code, sourceMap, zip }: Pick<Bundle, 'file' | 'code' | 'sourceMap' | 'zip'>): Bundle {
  const hash = createHash('sha256').update(zip).digest('base64');
  return { handler: `${path.parse(file).name}.handler`, file, code, sourceMap, zip, hash };
}

/** Files that decide how sources are resolved, compiled and archived. */
const BUILD_INPUTS = [
  'node_modules/.package-lock.json',
  path.join(ROOT, 'constructs/bundle.ts'),
  ...readdirSync(BUNDLER).map((name) => path.join(BUNDLER, name)),
  ...['index.ts', 'installed-sdk.ts', 'module-build.ts', 'replacements.ts'].map((name) =>
    path.join(LEAN_DYNAMODB, 'src', name),
  ),
];

/**
 * Writes the archive, the code and, if present, the source map into a folder.
 * @returns the path of the archive
 */
export function writeBundle({ file, code, sourceMap, zip }: Bundle, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, file), code);
  if (sourceMap) writeFileSync(path.join(folder, `${file}.map`), sourceMap);
  const archive = path.join(folder, 'function.zip');
  writeFileSync(archive, zip);
  return archive;
}

/**
 * Writes a source map for debuggers and the local run. Its sources become absolute URLs, because the code runs in another folder.
 * @param file path of the source map
 */
export function writeSourceMap(file: string, sourceMap: Uint8Array, root = ROOT): void {
  const map = JSON.parse(Buffer.from(sourceMap).toString()) as { readonly sources: readonly string[] };
  const folder = path.join(root, BUILD_OPTIONS.outdir);
  const sources = map.sources.map((source) => pathToFileURL(path.resolve(folder, source)).href);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...map, sources }));
}
