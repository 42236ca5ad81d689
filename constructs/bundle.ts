/** Turns entry files of functions into reproducible zip archives, with esbuild and fflate. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { leanDynamodb } from 'lean-dynamodb';
import { BundleCache } from './bundle-cache';
import { ESBUILD_TARGET } from './node-runtime';

export interface Bundle {
  /** Lambda's handler setting: `index.handler`. */
  readonly handler: string;
  /** The bundled JavaScript. */
  readonly code: Uint8Array;
  /** The code's source map; undefined unless requested. It is not in the archive, where it would slow down cold starts. */
  readonly sourceMap: Uint8Array | undefined;
  /** The zip archive. */
  readonly zip: Uint8Array;
  /** SHA-256 of the archive in base64: Terraform's `source_code_hash`. */
  readonly hash: string;
}

export interface BundleOptions {
  /** `fast`: parts of the AWS SDK are replaced, see packages/lean-dynamodb; `stock`: none is. @default fast */
  readonly sdk?: Sdk;
  /** Whether to make source maps. @default false */
  readonly sourceMap?: boolean;
  /** Folder of the project, which the entries are relative to. @default this repository */
  readonly root?: string;
}

export type Sdk = 'fast' | 'stock';

const ROOT = path.join(__dirname, '..');
const LEAN_DYNAMODB = path.dirname(require.resolve('lean-dynamodb/package.json'));

/** The module's name within the archive, and the first part of Lambda's handler setting. */
const MODULE = 'index';

/** Paths in the outputs that esbuild does not write. */
const OUT = 'out';

const BUILD_OPTIONS = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: ESBUILD_TARGET,
  // Lambda loads a CommonJS module faster than an ES module.
  format: 'cjs',
  // Without `module`, esbuild takes the CommonJS files of packages, which it cannot tree-shake.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'silent',
  metafile: true,
  outdir: OUT,
  write: false,
} as const satisfies BuildOptions;

interface Cached {
  readonly code: string;
  readonly zip: string;
  readonly warnings: readonly string[];
}

/**
 * Bundles functions with everything that they import, the AWS SDK included, for Lambda's Node.js 22.
 * The same sources give the same bytes in any folder, at any time. Valid bundles of earlier runs are used again.
 * Prints warnings on stderr, for example when the lean client does not fit the installed SDK.
 * @param entries files that export `handler`: paths from the project's root, for example `function/items/index.ts`
 * @returns the bundles by their entries
 * @throws esbuild's BuildFailure, whose message has file and line, when an entry does not build
 */
export async function bundleFunctions(
  entries: readonly string[],
  { sdk = 'fast', sourceMap = false, root = ROOT }: BundleOptions = {},
): Promise<ReadonlyMap<string, Bundle>> {
  const startedAt = Date.now();
  const cache = new BundleCache<Cached>(root);
  const keyOf = (entry: string) => JSON.stringify([entry, sdk, BUILD_OPTIONS, process.env['NODE_PATH']]);
  const bundles = new Map<string, Bundle>();
  const warnings = new Set<string>();
  for (const entry of sourceMap ? [] : entries) {
    const cached = cache.read(keyOf(entry));
    if (!cached) continue;
    bundles.set(entry, bundleOf(Buffer.from(cached.code), Buffer.from(cached.zip, 'base64')));
    for (const warning of cached.warnings) warnings.add(warning);
  }
  const missing = entries.filter((entry) => !bundles.has(entry));
  for (const { entry, bundle, inputs, warnings: texts } of await build(missing, { sdk, sourceMap, root })) {
    bundles.set(entry, bundle);
    for (const warning of texts) warnings.add(warning);
    const [code, zip] = [Buffer.from(bundle.code).toString(), Buffer.from(bundle.zip).toString('base64')];
    cache.write(keyOf(entry), { code, zip, warnings: texts }, inputs, startedAt);
  }
  for (const warning of warnings) console.warn(warning);
  return bundles;
}

interface Built {
  readonly entry: string;
  readonly bundle: Bundle;
  /** See `inputsOf`. */
  readonly inputs: readonly string[];
  readonly warnings: readonly string[];
}

/** Builds all entries with one call of esbuild, which reads the files that they share once. */
async function build(
  entries: readonly string[],
  { sdk, sourceMap, root }: Required<BundleOptions>,
): Promise<readonly Built[]> {
  if (entries.length === 0) return [];
  // Loaded when needed: most runs find every bundle in the cache.
  const [esbuild, fflate] = await Promise.all([import('esbuild'), import('fflate')]);
  const { outputFiles, metafile, warnings } = await esbuild.build({
    ...BUILD_OPTIONS,
    absWorkingDir: root,
    entryPoints: entries.map((entry, index) => ({ in: path.resolve(root, entry), out: String(index) })),
    sourcemap: sourceMap && 'external',
    plugins: sdk === 'fast' ? [leanDynamodb()] : [],
  });
  const fileAt = (name: string) => outputFiles.find((file) => file.path === path.resolve(root, OUT, name))?.contents;
  return entries.map((entry, index) => {
    const code = fileAt(`${index}.js`) ?? new Uint8Array();
    const zip = fflate.zipSync({ [`${MODULE}.js`]: [code, ZIP_OPTIONS] });
    return {
      entry,
      bundle: bundleOf(code, zip, fileAt(`${index}.js.map`)),
      inputs: inputsOf(metafile, metafile.outputs[`${OUT}/${index}.js`]?.entryPoint ?? ''),
      warnings: warnings.map(({ text }) => text),
    };
  });
}

/**
 * Times and modes are fixed, so that the same content gives the same bytes. Zip times are local, and start in 1980.
 * fflate rather than node:zlib, whose output depends on its version and on the processor.
 */
const ZIP_OPTIONS = { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 } as const;

function bundleOf(code: Uint8Array, zip: Uint8Array, sourceMap?: Uint8Array): Bundle {
  const hash = createHash('sha256').update(zip).digest('base64');
  return { handler: `${MODULE}.handler`, code, sourceMap, zip, hash };
}

/** The files and folders that decide what the bundle of an entry is. */
function inputsOf({ inputs }: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path: imported, external } of inputs[file]?.imports ?? []) if (!external) found.add(imported);
  }
  const files = [...found].filter((file) => !file.startsWith('lean-dynamodb:'));
  const folders = files
    .filter((file) => !file.includes('node_modules/'))
    // A new file in one of them may be what an import resolves to from then on: `http.ts` beside `http/index.ts`.
    .flatMap((file) => [path.dirname(file), path.dirname(path.dirname(file))])
    // Folders of build results come and go in the root.
    .filter((folder) => folder !== '.');
  return [...new Set([...files, ...folders, ...BUILD_INPUTS])];
}

/** Files that decide how sources are resolved, compiled and archived. */
const BUILD_INPUTS = [
  'tsconfig.json',
  'package.json',
  'node_modules/.package-lock.json',
  path.join(ROOT, 'constructs/bundle.ts'),
  ...['index.ts', 'installed-sdk.ts', 'replacements.ts'].map((name) => path.join(LEAN_DYNAMODB, 'src', name)),
];

/**
 * Writes the archive into a folder; beside it the code, and the source map if there is one.
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
