/** Reads a CODEOWNERS file, as GitHub does: the last line that matches a path names its owners. */

/** Owner in the CODEOWNERS file of a new clone. `npm run github -- check` refuses it. */
export const PLACEHOLDER = '@REPLACE-WITH/YOUR-TEAM';

/** @returns the owners of a path; an empty list when nobody owns it */
export function ownersOf(codeowners: string, path: string): string[] {
  const lines = codeowners
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/));
  const [, ...owners] = lines.findLast(([pattern = '']) => matches(pattern, path)) ?? [];
  return owners;
}

/** Matches as .gitignore does, without `!` and `[ ]`: CODEOWNERS does not support them. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const body = pattern
    .replace(/^\//, '')
    .replace(/\/$/, '/**')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => WILDCARDS[part] ?? part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('');
  // A pattern without a wildcard at its end also matches everything below a folder of this name.
  const below = pattern.endsWith('*') ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${body}${below}$`).test(path);
}

const WILDCARDS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
