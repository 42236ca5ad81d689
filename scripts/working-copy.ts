/** Reads the state of the working copy from Git, for commands that change many files. */
import { spawnSync } from 'node:child_process';
import { ROOT } from './project';

/** Restores the files and the packages after such a command. */
export const GO_BACK = 'git restore . && npm ci --ignore-scripts';

/** @throws Error without a repository, and with uncommitted changes: Git could not undo the command's changes */
export function refuseUncommittedChanges(): void {
  // Only this folder: it can be a part of a larger repository.
  const changed = git('status', '--porcelain', '-z', '--untracked-files=all', '--', '.').split('\0').filter(Boolean);
  if (changed.length === 0) return;
  throw new Error(
    `The working copy has uncommitted changes, for example in ${changed[0]?.slice(3)}. Commit or stash them, so Git can undo the ` +
      'changes of this command.',
  );
}

/** @returns the files that Git tracks, relative to the project */
export function trackedFiles(): string[] {
  return git('ls-files', '-z').split('\0').filter(Boolean);
}

function git(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status === 0) return stdout;
  const reason = error?.message ?? stderr.trim();
  throw new Error(
    `git ${args[0]} failed: ${reason}. This command needs Git to undo its changes: commit the project first.`,
  );
}
