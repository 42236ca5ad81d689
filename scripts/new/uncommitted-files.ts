/** Finds files that cannot be restored from Git. */
import { spawnSync } from 'node:child_process';
import { ROOT } from '../project';

/**
 * Finds the files with uncommitted changes, including ignored files. Without a Git repository, it finds none.
 * @param paths files and folders, relative to the project
 * @throws Error when git fails, for example because another user owns the folder
 */
export function uncommittedFiles(paths: readonly string[]): string[] {
  const { status, stdout, stderr, error } = spawnSync(
    'git',
    ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--ignored', '--', ...paths],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  if (error) throw new Error(`git status failed: ${error.message}. Correct this, or pass --force.`);
  if (status !== 0) {
    if (stderr.includes('not a git repository')) return [];
    throw new Error(`git status failed: ${stderr.trim()}. Correct this, or pass --force.`);
  }
  // Each entry has two letters for the state, a space and the path. Deleted files have no content to lose.
  return stdout
    .split('\0')
    .filter((entry) => entry !== '' && !/^(.D|D )/.test(entry))
    .map((entry) => entry.slice(3));
}
