/** Options for functions that do not build with the usual options. */
import type { BuildOptions, Message, Plugin } from 'esbuild';
import type { BuildContext } from './esbuild';
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

/** What differs from the usual build. */
export interface Remedy {
  readonly options: BuildOptions;
  readonly context: Partial<BuildContext>;
}

/**
 * Finds options that prevent errors of a build.
 * @returns undefined when there are none
 */
export function remedyFor(errors: readonly Message[], root: string): Remedy | undefined {
  const missing = leaveOutMissingPackages(errors, root);
  const leanClient = errors.find(({ pluginName }) => pluginName === 'lean-dynamodb');
  const plugins = [...(missing ? [missing] : []), ...(leanClient ? [warnOfStockSdk(leanClient)] : [])];
  const options: BuildOptions = {
    ...(plugins.length > 0 && { plugins }),
    // Node.js does not load a package that has neither `main` nor index.js. Bundlers do.
    ...(errors.some(hasModuleField) && { mainFields: ['main', 'module'] }),
    ...(errors.some(isTopLevelAwait) && ES_MODULE),
  };
  if (Object.keys(options).length === 0) return undefined;
  return { options, context: leanClient ? { sdk: 'stock' } : {} };
}

/** The lean client does not work beside a second copy of the SDK, such as that of a package that needs another version. */
function warnOfStockSdk({ text }: Message): Plugin {
  const warning = { text: 'The function is bundled with the stock AWS SDK, and starts more slowly', notes: [{ text }] };
  return { name: 'stock-sdk', setup: (build) => build.onStart(() => ({ warnings: [warning] })) };
}

function hasModuleField({ notes }: Message): boolean {
  return notes.some(({ text }) => text.startsWith('The "module" field here was ignored'));
}

/** CommonJS modules cannot await while they are loaded. */
function isTopLevelAwait({ text }: Message): boolean {
  return text.startsWith('Top-level await');
}
