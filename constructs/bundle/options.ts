/** Defines the options of esbuild for all functions. */
import type { BuildOptions } from 'esbuild';
import { ESBUILD_TARGET } from '../node-runtime';
import { LOADERS } from './file-types';

/** The constant that import-meta.ts exports. */
export const IMPORT_META = 'bundleImportMeta';

export const BUILD_OPTIONS = {
  bundle: true,
  platform: 'node',
  target: ESBUILD_TARGET,
  // Lambda loads a CommonJS module faster than an ES module.
  format: 'cjs',
  // Resolve packages as Node.js does, which ignores the field and the condition `module`.
  mainFields: ['main'],
  conditions: [],
  define: { 'import.meta': IMPORT_META },
  loader: LOADERS,
  legalComments: 'none',
  // Source maps name the files of the sources. Without their text, a source map takes almost no time.
  sourcesContent: false,
  charset: 'utf8',
  logLevel: 'silent',
  // A part of the output paths. esbuild writes no files.
  outdir: 'out',
} as const satisfies BuildOptions;
