/** Finds files that cannot be restored from Git. */
import { spawnSync } from 'node:child_process';
import { ROOT } from '../project';

/**
 * Finds the files with uncommitted changes, including ignored files. Without a Git repository, it finds none.
 * @param paths files and folders, relative to the project
 */
export function uncommittedFiles(paths: readonly string[]): string[] {
  const { status, stdout } = spawnSync(
    'git',
    ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored', '--', ...paths],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) return [];
  // Each entry has two letters for the state, a space and the path. Deleted files (D) have no content to lose.
  return stdout
    .split('\0')
    .filter((entry) => entry !== '' && entry[1] !== 'D')
    .map((entry) => entry.slice(3));
}
