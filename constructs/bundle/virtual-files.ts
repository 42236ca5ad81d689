/** An esbuild plugin for files that are not on disk. */
import path from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Serves entry points from memory. Their imports are relative to the root: `./function/crud/service`.
 * @param root folder of the project
 * @param sources TypeScript by path from the root: `function/todos`
 */
export function virtualFiles(root: string, sources: ReadonlyMap<string, string>): Plugin {
  const contents = new Map([...sources].map(([file, source]) => [path.resolve(root, file), source]));
  return {
    name: 'virtual-files',
    setup(build) {
      if (contents.size === 0) return;
      const filter = filterOf([...contents.keys()]);
      build.onResolve({ filter }, ({ path: file, kind }) =>
        kind === 'entry-point' && contents.has(file) ? { path: file } : undefined,
      );
      build.onLoad({ filter }, ({ path: file }) => {
        const source = contents.get(file);
        // The root, not the folder of the file: esbuild resolves nothing in a folder that does not exist.
        return source === undefined ? undefined : { contents: source, loader: 'ts', resolveDir: root };
      });
    },
  };
}

/** Makes a filter of esbuild, which calls the plugin only for these paths. */
function filterOf(files: readonly string[]): RegExp {
  return new RegExp(`^(${files.map((file) => file.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})$`);
}
