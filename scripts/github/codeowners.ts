/** Reads a CODEOWNERS file, as GitHub does: the last line that matches a path names its owners. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../project';

/** Owner in the CODEOWNERS file of a new clone. `npm run github -- check` refuses it. */
export const PLACEHOLDER = '@REPLACE-WITH/YOUR-TEAM';

/** Folders with code that runs with credentials or defines the deployed resources. */
const OWNED_FOLDERS = ['.github', 'constructs', 'function', 'packages', 'scripts', 'stacks'];

/** Folders that npm and the build write. They are not in the repository. */
const UNTRACKED = /(^|\/)(node_modules|dist)\//;

/** Lists the files that need an owner, as paths relative to the project. */
export function ownedFiles(root = ROOT): string[] {
  return OWNED_FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .filter((file) => !UNTRACKED.test(file)),
  );
}

/** @returns the owners of a path; an empty list when nobody owns it */
export function ownersOf(codeowners: string, file: string): string[] {
  const lines = codeowners
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/));
  const [, ...owners] = lines.findLast(([pattern = '']) => matches(pattern, file)) ?? [];
  return owners;
}

/** Matches as .gitignore does, without `!` and `[ ]`: CODEOWNERS does not support them. */
function matches(pattern: string, file: string): boolean {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const body = pattern
    .replace(/^\//, '')
    .replace(/\/$/, '/**')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => WILDCARDS[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('');
  // A pattern without a wildcard at its end also matches everything below a folder of this name.
  const below = pattern.endsWith('*') ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${body}${below}$`).test(file);
}

const WILDCARDS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
