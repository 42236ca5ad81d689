/** Tells other programs of this user the address of the console of a run, by the folder of the run's app. */
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '../source/cache-folder';

/** The content of the file. */
interface ConsoleAddress {
  readonly url: string;
  /** The process of the run. A killed run leaves its file. */
  readonly pid: number;
}

/**
 * Writes the file of the run in `folder`. It replaces the file of another run in this folder.
 * @returns a function that removes the file, unless another run has replaced it
 */
export function publishConsole(folder: string, url: string): () => void {
  const file = fileOf(folder);
  const address: ConsoleAddress = { url, pid: process.pid };
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify(address));
    renameSync(temporary, file);
  } catch {
    // For example a read-only home folder. The user can pass the address with --console.
    return () => undefined;
  }
  return () => {
    if (readAddress(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** @returns undefined when no run of this folder works */
export function findConsole(folder: string): string | undefined {
  const address = readAddress(fileOf(folder));
  return address && isAlive(address.pid) ? address.url : undefined;
}

/** In the home folder, even if XDG_CACHE_HOME names another folder: clients start MCP servers without this variable. */
function fileOf(folder: string): string {
  const name = sha256(realPath(path.resolve(folder))).slice(0, 16);
  return path.join(os.homedir(), '.cache/local-run-consoles', `${name}.json`);
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function readAddress(file: string): ConsoleAddress | undefined {
  try {
    const { url, pid } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ConsoleAddress>;
    return typeof url === 'string' && typeof pid === 'number' ? { url, pid } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
