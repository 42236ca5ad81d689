/** What `import.meta` is in a bundle. esbuild injects this module where it is used: a CommonJS module has no `import.meta`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Describes the bundle in the archive, as all modules are in one file: /var/task/index.js on Lambda. */
export const bundleImportMeta = /* @__PURE__ */ (() => {
  const url = pathToFileURL(__filename).href;
  const resolve = (specifier: string) => {
    if (/^(\.{0,2}\/|file:)/.test(specifier)) return new URL(specifier, url).href;
    const file = createRequire(__filename).resolve(specifier);
    return path.isAbsolute(file) ? pathToFileURL(file).href : file;
  };
  return { dirname: __dirname, filename: __filename, url, resolve };
})();
