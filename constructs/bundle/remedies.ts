/** Options for functions that do not build with the usual options. */
import type { BuildOptions, Message } from 'esbuild';
import { leaveOutMissingPackages } from './missing-packages';

/** A bundle that is an ES module. Packages in it may be CommonJS modules. */
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
 * @returns undefined when there are none
 */
export function remedyFor(errors: readonly Message[], root: string): BuildOptions | undefined {
  const missing = leaveOutMissingPackages(errors, root);
  const options: BuildOptions = {
    ...(missing && { plugins: [missing] }),
    // Node.js does not load a package that has neither `main` nor index.js. Bundlers do.
    ...(errors.some(hasModuleField) && { mainFields: ['main', 'module'] }),
    ...(errors.some(isTopLevelAwait) && ES_MODULE),
  };
  return Object.keys(options).length === 0 ? undefined : options;
}

function hasModuleField({ notes }: Message): boolean {
  return notes.some(({ text }) => text.startsWith('The "module" field here was ignored'));
}

/** CommonJS modules cannot await while they are loaded. */
function isTopLevelAwait({ text }: Message): boolean {
  return text.startsWith('Top-level await');
}
