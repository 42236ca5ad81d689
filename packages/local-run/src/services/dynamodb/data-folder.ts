/** The folder of the option `--data`. */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DataError } from './data-error';

/** Creates the folder unless it exists. @returns its absolute path @throws DataError */
export function createDataFolder(data: string): string {
  const folder = path.resolve(data);
  try {
    createFolder(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(`--data ${data}: the folder cannot be created (${code}). Choose another one.`);
  }
  return folder;
}

/** Not `mkdirSync(folder, { recursive: true })`: Node.js 20 never returns from it where folders cannot be made, as in /proc. */
function createFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  createFolder(path.dirname(folder));
  mkdirSync(folder);
}
