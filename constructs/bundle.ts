/** Turns a function's entry file into a reproducible zip: esbuild, then an archive without times or modes of its own. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as esbuild from 'esbuild';
import type * as fflate from 'fflate';
import { cached } from './bundle-cache';
import { isInPackage } from './bundle-probes';
import { again, isIncremental } from './incremental';
import { type Build, buildReplacing, type Output } from './sdk/build';
import { replacements } from '../packages/lean-dynamodb/src/replacements';

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
  /** Absolute paths of the files that went into it. */
  readonly sources: readonly string[];
  /** Whether an import goes through a link: which files the sources are depends on it, and they do not tell. */
  readonly linked: boolean;
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
 * A process that comes here again (`npm start -- --watch`) gets what it had before, as long as no file of it has changed.
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
  const keptOr = (make: () => Bundle) => cached(entry, [options, sdk, replacements], make);
  const build: Build = { options, replacing: sdk === 'fast' };
  return isIncremental() ? again(entry, build, keptOr, bundleOf) : keptOr(() => bundleOf(built(build)));
}

function built({ options, replacing }: Build): Output {
  return replacing ? buildReplacing(options) : lazily.esbuild().buildSync(options);
}

function bundleOf({ outputFiles, metafile }: Output): Bundle {
  const fileAt = (ending: string) => outputFiles.find(({ path: name }) => name.endsWith(ending))?.contents;
  const code = fileAt('.js');
  if (!code) throw new Error('esbuild made no .js file');
  const zip = archive({ [`${MODULE}.js`]: code });
  return {
    handler: `${MODULE}.handler`,
    code,
    sourceMap: fileAt('.js.map'),
    sources: sourcesOf(metafile),
    linked: isLinked(metafile),
    zip,
    hash: createHash('sha256').update(zip).digest('base64'),
  };
}

/** What esbuild made up itself has a name that is no path. */
function sourcesOf({ inputs }: Output['metafile']): string[] {
  return Object.keys(inputs)
    .filter((input) => !/^[(<]|^[a-z-]{2,}:/.test(input))
    .map((input) => path.resolve(input));
}

/** esbuild tells the file behind a link: one that is not where its import says. */
function isLinked({ inputs }: Output['metafile']): boolean {
  return Object.entries(inputs).some(
    ([file, { imports }]) =>
      !isInPackage(path.resolve(file)) &&
      imports.some(({ path: found, original = '', external }) => {
        const asked = path.resolve(path.dirname(file), original);
        return /^\.{1,2}(\/|$)/.test(original) && external !== true && !isAt(asked, path.resolve(found));
      }),
  );
}

/**
 * Whether a file is at the path that was asked for, or what stands there: with an ending, or the folder's index. (Another `main` of
 * a folder's package.json seems to be a link, which only costs time.)
 */
function isAt(asked: string, found: string): boolean {
  const stem = asked.replace(/\.[cm]?[jt]sx?$/, '');
  return found === asked || (found.startsWith(stem) && /^(\/index)?\.[^./]+$/.test(found.slice(stem.length)));
}

/**
 * Writes the archive into a folder; beside it the code, its source map where there is one, and the names of the
 * project's own files that it was made of.
 * @returns the archive's path
 */
export function writeBundle({ code, sourceMap, sources, zip }: Bundle, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${MODULE}.js`), code);
  if (sourceMap) writeFileSync(path.join(folder, `${MODULE}.js.map`), sourceMap);
  const own = sources.filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`));
  writeFileSync(path.join(folder, 'sources.json'), `${JSON.stringify(own, null, 2)}\n`);
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

/** Where every bundle is there already, both are not needed, and loading them would be a tenth of synth. */
const lazily = {
  esbuild: () => load('esbuild') as typeof esbuild,
  fflate: () => load('fflate') as typeof fflate,
};
