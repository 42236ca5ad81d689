/** Finds options for functions that do not build with the default options. */
import type { BuildOptions, Message } from 'esbuild';
import { leaveOutMissingPackages } from './missing-packages';

/** Options for a bundle that is an ES module. The banner defines `require` and `__dirname`, which CommonJS packages need. */
const ES_MODULE = {
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  define: {},
  inject: [],
  banner: {
    js: [
      'import { createRequire as createRequireOfBundle } from "node:module";',
      'const require = createRequireOfBundle(import.meta.url);',
      'const { dirname: __dirname, filename: __filename } = import.meta;',
    ].join('\n'),
  },
} as const satisfies BuildOptions;

/**
 * Finds options that prevent errors of a build.
 * @returns undefined when no options prevent them
 */
export function remedyFor(errors: readonly Message[], root: string): BuildOptions | undefined {
  const missing = leaveOutMissingPackages(errors, root);
  const options: BuildOptions = {
    ...(missing && { plugins: [missing] }),
    // Node.js does not load a package without `main` and index.js. Bundlers load its field `module`.
    ...(errors.some(hasModuleField) && { mainFields: ['main', 'module'] }),
    ...(errors.some(isTopLevelAwait) && ES_MODULE),
  };
  return Object.keys(options).length === 0 ? undefined : options;
}

function hasModuleField({ notes }: Message): boolean {
  return notes.some(({ text }) => text.startsWith('The "module" field here was ignored'));
}

/** A CommonJS module cannot have a top-level await. */
function isTopLevelAwait({ text }: Message): boolean {
  return text.startsWith('Top-level await');
}
