/** Options of esbuild for all functions. */
import type { BuildOptions } from 'esbuild';
import { ESBUILD_TARGET } from '../node-runtime';
import { LOADERS } from './file-types';

/** The constant that import-meta.ts exports. */
export const IMPORT_META = 'bundleImportMeta';

export const BUILD_OPTIONS = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: ESBUILD_TARGET,
  // Lambda loads a CommonJS module faster than an ES module.
  format: 'cjs',
  // Packages as Node.js loads them: it knows neither the field nor the condition `module`.
  mainFields: ['main'],
  conditions: [],
  define: { 'import.meta': IMPORT_META },
  loader: LOADERS,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'silent',
  // A folder in the paths of the results. esbuild does not write them.
  outdir: 'out',
} as const satisfies BuildOptions;
