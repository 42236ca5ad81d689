/** Finds the files and folders that the strings of a configuration name, such as `${path.module}/../src`. */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contains } from '../project-files';
import type { ModuleFolder } from './module-folder';

const MODULE_PATH = /\$\{\s*path\.(module|root|cwd)\s*\}/g;

/** Longer strings are text, not paths. */
export const MAX_PATH_CHARACTERS = 250;

/**
 * @param root folder of the root module, which is Terraform's current folder
 * @returns absolute paths, which need not exist. A string with an expression counts up to the folder before the expression.
 */
export function pathReferences(module: Pick<ModuleFolder, 'folder' | 'strings'>, root: string): string[] {
  const paths = module.strings.flatMap((text) => pathOf(text, module.folder, root) ?? []);
  return [...new Set(paths)];
}

function pathOf(text: string, folder: string, root: string): string | undefined {
  if (text.length > MAX_PATH_CHARACTERS || text.startsWith('/') || /[\n\t:*]/.test(text.replace(MODULE_PATH, '')))
    return undefined;
  const full = text.replace(MODULE_PATH, (_match, kind: string) => (kind === 'module' ? folder : root));
  const known = knownPart(full);
  return known === '' ? undefined : path.resolve(root, known);
}

/** @returns a path up to the folder before its first expression; the path itself when it has none */
export function knownPart(text: string): string {
  const expression = text.search(/[$%]\{/);
  return expression < 0 ? text : text.slice(0, text.lastIndexOf('/', expression) + 1);
}

/** @returns the folders above a module to which its strings refer by `..`, also within commands */
export function parentReferences(
  { strings, folder }: Pick<ModuleFolder, 'folder' | 'strings'>,
  root: string,
): string[] {
  const parents = strings.flatMap((text) => text.match(/(?<![.\w])\.\.(\/\.\.)*(?![.\w])/g) ?? []);
  return [...new Set(parents)].flatMap((parent) => [path.resolve(root, parent), path.resolve(folder, parent)]);
}

/** @returns the paths that exist. Folders that hold much more than a project are left out, such as the home folder. */
export function existingPaths(paths: readonly string[]): string[] {
  return paths.filter((file) => !isTooBroad(file) && existsSync(file));
}

/** Whether a folder contains the home folder, or the folder for temporary files. */
export function isTooBroad(file: string): boolean {
  return [os.homedir(), os.tmpdir()].some((folder) => contains(file, folder));
}

/** The lowest folder that contains all paths. */
export function commonFolder(paths: readonly string[]): string {
  let [folder = path.sep] = paths;
  while (!paths.every((file) => contains(folder, file))) folder = path.dirname(folder);
  return folder;
}

/** The nearest folder at or above a folder that contains `.git`. */
export function gitRoot(folder: string): string | undefined {
  for (let current = folder; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, '.git'))) return current;
    if (current === path.dirname(current)) return undefined;
  }
}
