/** Turns a function's entry file into a reproducible zip: esbuild, then an archive without times or modes of its own. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as esbuild from 'esbuild';
import type * as fflate from 'fflate';
import { type Built, cached } from './bundle-cache';
import { buildReplacing } from './sdk/build';
import { replacements } from './sdk/replacements';

const load = createRequire(__filename);

/** The module's name within the archive, and so the first part of Lambda's handler setting. */
const MODULE = 'index';

export interface Bundle {
  /** Lambda's handler setting: `index.handler`. */
  readonly handler: string;
  /** The bundled JavaScript. */
  readonly code: Uint8Array;
  /** Its source map, when it was asked for; it stays beside the archive, as a cold start pays for each byte within. */
  readonly sourceMap: Uint8Array | undefined;
  /** The archive, deflated. */
  readonly zip: Uint8Array;
  /** SHA-256 of the archive in base64: Terraform's `source_code_hash`. */
  readonly hash: string;
}

/** `fast`: parts of the AWS SDK are replaced, see sdk/replacements.ts; `stock`: none is. */
export type Sdk = 'fast' | 'stock';

export interface BundleOptions {
  /** Whether a source map is made; a third of the time goes into it. @default false */
  readonly sourceMap?: boolean;
  /** @default fast */
  readonly sdk?: Sdk;
}

/**
 * Bundles `entry` and all it imports, the AWS SDK included, for Lambda's Node.js 22.
 * The same sources give the same bytes, in whatever folder, at whatever time; and the bundle of an earlier run is taken where there is one.
 * @param entry path of a TypeScript or JavaScript file that exports `handler`
 * @throws Error with esbuild's message, file and line when the entry does not build, and when a part of the SDK that is to be
 * replaced is not the one its replacement was written for
 */
export function bundle(entry: string, { sourceMap = false, sdk = 'fast' }: BundleOptions = {}): Bundle {
  const options = {
    entryPoints: [entry],
    outfile: `${MODULE}.js`,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    // Loads faster than an ES module in Lambda.
    format: 'cjs',
    // Without it esbuild takes the packages' CommonJS files, which cannot be tree-shaken.
    mainFields: ['module', 'main'],
    // The code says nothing of its map, and so is the same with and without.
    sourcemap: sourceMap && 'external',
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
    // Says which files went into it.
    metafile: true,
    write: false,
  } as const satisfies esbuild.BuildOptions;
  return cached([options, sdk, replacements], () => build(options, sdk));
}

function build(options: esbuild.BuildOptions & { write: false; metafile: true }, sdk: Sdk): Built {
  const { outputFiles, metafile } = sdk === 'fast' ? buildReplacing(options) : lazily.esbuild().buildSync(options);
  const code = output(outputFiles, '.js');
  const zip = archive({ [`${MODULE}.js`]: code });
  const bundle = {
    handler: `${MODULE}.handler`,
    code,
    sourceMap: options.sourcemap ? output(outputFiles, '.js.map') : undefined,
    zip,
    hash: createHash('sha256').update(zip).digest('base64'),
  };
  return { bundle, inputs: Object.keys(metafile.inputs).map((file) => path.resolve(file)) };
}

/** Writes the archive into a folder, the code and, where there is one, its source map beside it; returns the archive's path. */
export function writeBundle({ code, sourceMap, zip }: Bundle, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${MODULE}.js`), code);
  if (sourceMap) writeFileSync(path.join(folder, `${MODULE}.js.map`), sourceMap);
  const file = path.join(folder, 'function.zip');
  writeFileSync(file, zip);
  return file;
}

/**
 * A zip of nothing but names and contents. fflate, because it is JavaScript: zlib's output
 * differs with its version and the processor. Times are fixed (zip knows none before 1980, and
 * they are local ones), modes too, whatever the umask.
 */
function archive(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries: fflate.Zippable = {};
  for (const [name, content] of Object.entries(files)) {
    entries[name] = [content, { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 }];
  }
  return lazily.fflate().zipSync(entries);
}

function output(files: readonly { path: string; contents: Uint8Array }[], ending: string): Uint8Array {
  const file = files.find(({ path: name }) => name.endsWith(ending));
  if (!file) throw new Error(`esbuild made no ${ending} file`);
  return file.contents;
}

/** Where every bundle is there already, both are not needed, and loading them would be a tenth of synth. */
const lazily = {
  esbuild: () => load('esbuild') as typeof esbuild,
  fflate: () => load('fflate') as typeof fflate,
};
