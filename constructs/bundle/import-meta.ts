/** Replaces `import.meta` in a bundle, because a CommonJS module has none. esbuild injects this module when code uses it. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Contains the path of the bundle, which is one file with all modules: /var/task/index.js on Lambda. */
export const bundleImportMeta = /* @__PURE__ */ (() => {
  const url = pathToFileURL(__filename).href;
  const resolve = (specifier: string) => {
    if (/^(\.{0,2}\/|file:)/.test(specifier)) return new URL(specifier, url).href;
    const file = createRequire(__filename).resolve(specifier);
    return path.isAbsolute(file) ? pathToFileURL(file).href : file;
  };
  return { dirname: __dirname, filename: __filename, url, resolve };
})();
