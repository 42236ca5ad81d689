/** Reads esbuild's metafile: the files that a bundle depends on, and the packages in it. */
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { packageFileOf, packageOf } from './installed-packages';

/** Returns the source files of a bundle, as paths from the project's root. */
export function filesOf({ inputs }: Metafile, entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path: imported, external } of inputs[file]?.imports ?? []) if (!external) found.add(imported);
  }
  // Modules that plugins make have no file. Their paths begin with a namespace.
  return [...found].filter((file) => !/^[\w-]{2,}:/.test(file));
}

/** Returns the files and folders that a bundle of these source files depends on. */
export function inputsOf(files: readonly string[]): string[] {
  const packageFiles = files.flatMap((file) => packageFileOf(file) ?? []);
  const folders = files
    .filter((file) => packageOf(file) === undefined)
    // A new file can change what an import resolves to: esbuild prefers `http.ts` to `http/index.ts`.
    .flatMap((file) => [path.dirname(file), path.dirname(path.dirname(file))])
    // Leave out the root: its list of names changes when a build creates an output folder.
    .filter((folder) => folder !== '.');
  return [...new Set([...files, ...packageFiles, ...folders])];
}

/** Returns the packages that the project's source files import: `zod`. */
export function importedPackages({ inputs }: Metafile, files: readonly string[]): string[] {
  const projectFiles = files.filter((file) => packageOf(file) === undefined);
  const imported = projectFiles
    .flatMap((file) => inputs[file]?.imports ?? [])
    .filter(({ external }) => external !== true);
  return [...new Set(imported.flatMap(({ path: file }) => packageOf(file) ?? []))];
}
