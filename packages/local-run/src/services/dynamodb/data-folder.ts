/** Creates the folder of the option `--data`. */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DataError } from './data-error';

/**
 * Creates the folder unless it exists.
 * @param data the value of `--data`
 * @returns the absolute path
 * @throws DataError when the folder cannot be created
 */
export function createDataFolder(data: string): string {
  const folder = path.resolve(data);
  try {
    createFolder(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(`--data ${data}: the folder cannot be created (${code}). Choose another folder.`);
  }
  return folder;
}

/**
 * Creates the folder and its missing parents. Node.js 20 never returns from `mkdirSync(folder, { recursive: true })` in a
 * place where no folder can be created, such as /proc.
 */
function createFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  createFolder(path.dirname(folder));
  mkdirSync(folder);
}
