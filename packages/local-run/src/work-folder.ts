/** The folder for the temporary files of a run. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Cleanups } from './start-steps';

/** The run has no folder for its temporary files. */
export class WorkFolderError extends Error {
  override readonly name = 'WorkFolderError';
}

/**
 * Creates the folder for synth output and unpacked archives. A cleanup removes it when the run ends.
 * @throws WorkFolderError when the system's folder for temporary files is missing or not writable
 */
export function createWorkFolder(cleanups: Cleanups): string {
  const parent = os.tmpdir();
  try {
    const folder = mkdtempSync(path.join(parent, 'local-run-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new WorkFolderError(
      `The folder for temporary files, ${parent}, cannot be used (${code}). ` +
        'Create it, or set TMPDIR to a folder that you can write to.',
    );
  }
}
