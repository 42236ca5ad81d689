/** Reads the contracts of a Git revision: synthesizes its app, which writes a contract.json for each stack. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Api } from '../../function/contract/api';
import { ROOT } from '../project';
import { synth } from '../terraform/synth';

/** Maximum size of a revision: the sum of its files. */
const MAX_ARCHIVE_BYTES = 1024 ** 3;

/** Contracts by stack name. */
export type Contracts = ReadonlyMap<string, Api>;

/** Synthesizes an app into a temporary folder, and reads its contracts. @param app folder of the app, relative to `root` */
export async function readContracts(root: string, app: string): Promise<Contracts> {
  const out = mkdtempSync(path.join(os.tmpdir(), 'contracts-'));
  try {
    const stacks = await synth({ root: path.join(root, app), out });
    return new Map(
      stacks
        .map(({ name, folder }) => [name, path.join(folder, 'contract.json')] as const)
        .filter(([, file]) => existsSync(file))
        .map(([name, file]) => [name, JSON.parse(readFileSync(file, 'utf8')) as Api]),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/**
 * Extracts a revision into a temporary folder, and calls `read` with the folder. The folder links to the packages of this
 * project; if the lock files differ, npm installs the packages of the revision.
 * @throws Error when this clone lacks the revision
 */
export async function atRevision<T>(revision: string, read: (root: string) => Promise<T>): Promise<T> {
  checkRevision(revision);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'revision-'));
  try {
    // Unlike a worktree, an archive leaves nothing in the repository when the process is killed.
    const tar = execFileSync('git', ['archive', '--format=tar', revision], { cwd: ROOT, maxBuffer: MAX_ARCHIVE_BYTES });
    execFileSync('tar', ['-x', '-C', folder], { input: tar });
    const lockOf = (root: string) => readFileSync(path.join(root, 'package-lock.json'), 'utf8');
    if (lockOf(folder) === lockOf(ROOT))
      symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    else
      execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    return await read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkRevision(revision: string): void {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  if (spawnSync('git', args, { cwd: ROOT }).status === 0) return;
  throw new Error(
    `This clone has no Git revision ${JSON.stringify(revision)}. Check its name. If the clone is shallow, run git fetch --unshallow.`,
  );
}
