/** Finds syntax errors in the code of a function, before Node.js loads the code. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildFailure, Plugin } from 'esbuild';
import { isObject } from '../services/is-object';
import { findHandlerFile } from '../services/lambda/handler-file';

/** Files that esbuild parses as Node.js does. */
const PARSED = /\.([cm]?js|json)$/;

/** esbuild's errors about code without strict mode. Node.js runs such code in CommonJS, and esbuild's output is an ES module. */
const ABOUT_OUTPUT = 'cannot be used with the "esm" output format';

/**
 * Parses the file of the handler, and the files of the archive that it imports by relative paths.
 * @returns the faults: `lib/list.js:11:10: Unexpected ";"`. Empty for a handler without a file
 */
export async function syntaxFaults(taskRoot: string, handler: string): Promise<string[]> {
  const file = findHandlerFile(taskRoot, handler);
  if (file === undefined || !existsSync(file)) return [];
  // Loads esbuild only when code changes.
  const { build } = await import('esbuild');
  try {
    await build({
      ...{ entryPoints: [file], absWorkingDir: taskRoot, bundle: true, write: false, platform: 'node', format: 'esm' },
      ...{ target: 'esnext', logLevel: 'silent', plugins: [onlyFilesOf(taskRoot)] },
    });
    return [];
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const faults = error.errors.filter(({ text }) => !text.includes(ABOUT_OUTPUT));
    return faults.map(({ location, text }) =>
      location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
    );
  }
}

/** Packages and missing files are no syntax errors. A file outside the archive does not change with its code. */
function onlyFilesOf(taskRoot: string): Plugin {
  return {
    name: 'only-files-of-the-archive',
    setup: (build) => {
      build.onResolve({ filter: /.*/ }, async ({ path: name, kind, resolveDir, importer, pluginData }) => {
        if (kind === 'entry-point' || pluginData === 'resolved') return undefined;
        if (!name.startsWith('.')) return { external: true };
        const found = await build.resolve(name, { kind, resolveDir, importer, pluginData: 'resolved' });
        const isParsed = found.errors.length === 0 && PARSED.test(found.path) && isWithin(taskRoot, found.path);
        return isParsed ? { path: found.path } : { external: true };
      });
    },
  };
}

function isWithin(folder: string, file: string): boolean {
  return !path.relative(folder, file).startsWith('..');
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return isObject(error) && Array.isArray(error['errors']);
}
