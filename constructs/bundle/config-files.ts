/** Finds the configuration files that decide how esbuild resolves and compiles files. Its metafile does not list them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns the package.json and tsconfig.json files that can apply to source files, and all files that a tsconfig.json extends.
 * Includes paths that do not exist, because a new file there changes the bundle.
 * @param files paths from the root
 */
export function configFilesOf(files: readonly string[], root: string): string[] {
  const folders = [...new Set(files.flatMap((file) => parentFolders(path.resolve(root, file), root)))];
  const packageFiles = folders.map((folder) => path.join(folder, 'package.json'));
  // esbuild ignores a tsconfig.json below node_modules.
  const sourceFolders = folders.filter(
    (folder) => !path.relative(root, folder).split(path.sep).includes('node_modules'),
  );
  const tsconfigFiles = new Set(sourceFolders.map((folder) => path.join(folder, 'tsconfig.json')));
  // The loop also visits the files that it adds.
  for (const file of tsconfigFiles) for (const base of baseCandidates(file)) tsconfigFiles.add(base);
  return [...packageFiles, ...tsconfigFiles].map((file) => path.relative(root, file));
}

/** The folders above a file, up to the root of the project, or of the file system for a file outside the project. */
function parentFolders(file: string, root: string): string[] {
  const folder = path.dirname(file);
  return folder === root || folder === file ? [folder] : [folder, ...parentFolders(folder, root)];
}

/** The paths that `extends` of a tsconfig.json can mean: a file with or without extension, or a package. */
function baseCandidates(file: string): string[] {
  const [, value = ''] = /"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/.exec(readIfExists(file)) ?? [];
  const names = [...value.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
  const folder = path.dirname(file);
  return names
    .flatMap((name) =>
      /^\.{1,2}($|\/)/.test(name) || path.isAbsolute(name)
        ? [path.resolve(folder, name)]
        : parentFolders(file, path.parse(file).root).map((parent) => path.join(parent, 'node_modules', name)),
    )
    .flatMap((base) => [base, `${base}.json`, path.join(base, 'tsconfig.json')]);
}

function readIfExists(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
