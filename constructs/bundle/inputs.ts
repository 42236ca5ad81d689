/** What esbuild's metafile says about a bundle: the files that it depends on, and the packages in it. */
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { packageFileOf, packageOf } from './installed-packages';

/** The source files of a bundle: paths from the project's root. */
export function filesOf({ inputs }: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path: imported, external } of inputs[file]?.imports ?? []) if (!external) found.add(imported);
  }
  // Modules that plugins make have no file. Their paths begin with a namespace.
  return [...found].filter((file) => !/^[\w-]{2,}:/.test(file));
}

/** The files and folders that a bundle of these source files depends on. */
export function inputsOf(files: readonly string[]): string[] {
  const packageFiles = files.flatMap((file) => packageFileOf(file) ?? []);
  const folders = files
    .filter((file) => packageOf(file) === undefined)
    // A new file can change what an import resolves to: esbuild prefers `http.ts` to `http/index.ts`.
    .flatMap((file) => [path.dirname(file), path.dirname(path.dirname(file))])
    // Not the root: its names change when a build creates an output folder.
    .filter((folder) => folder !== '.');
  return [...new Set([...files, ...packageFiles, ...folders])];
}

/** The packages that the project's own source files import: `zod`. */
export function importedPackages({ inputs }: Metafile, files: readonly string[]): string[] {
  const own = files.filter((file) => packageOf(file) === undefined);
  const imported = own.flatMap((file) => inputs[file]?.imports ?? []).filter(({ external }) => external !== true);
  return [...new Set(imported.flatMap(({ path: file }) => packageOf(file) ?? []))];
}
