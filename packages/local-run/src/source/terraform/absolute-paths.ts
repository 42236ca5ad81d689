/** Finds the files outside of the project that a configuration reads by absolute paths: `file("/etc/motd")`. */
import { existsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FileCall } from './file-calls';
import { isTooBroad, knownPart, MAX_PATH_CHARACTERS } from './path-references';

export interface AbsolutePaths {
  /** Existing files and folders. */
  readonly files: readonly string[];
  /** Whether the files are all that the configuration reads, as far as its text says. */
  readonly isComplete: boolean;
}

/**
 * @param calls the calls of functions that read files
 * @param strings the strings of the configuration and of the variables' values. Paths in the calls may refer to them.
 */
export function absolutePaths(calls: readonly FileCall[], strings: readonly string[]): AbsolutePaths {
  const named = pathsIn(calls.flatMap((call) => call.strings));
  const referred = calls.some(({ hasReferences }) => hasReferences) ? pathsIn(strings) : [];
  return {
    files: [...new Set([...named, ...referred])].filter((file) => !holdsMuch(file)).sort(),
    isComplete: !calls.some(({ isFromProgram }) => isFromProgram) && !named.some(holdsMuch),
  };
}

/** @returns the existing paths among the strings. Terraform replaces `~` by the home folder. */
function pathsIn(strings: readonly string[]): string[] {
  return strings.flatMap((text) => {
    if (!/^~?\//.test(text) || text.length > MAX_PATH_CHARACTERS || text.includes('\n')) return [];
    const file = path.resolve(knownPart(text.replace(/^~/, os.homedir())));
    return existsSync(file) ? [file] : [];
  });
}

/** Whether it is a folder that holds much more than a project, such as `/usr`. */
function holdsMuch(file: string): boolean {
  return isTooBroad(file) || (path.dirname(file) === path.parse(file).root && statSync(file).isDirectory());
}
