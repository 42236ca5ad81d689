/** Reads the configuration files of one module folder: its blocks, and the paths that its strings name. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FileCall } from './file-calls';
import { type Block, type HclFile, readHcl } from './hcl-blocks';
import { readJsonBlocks } from './json-blocks';

/** The files that Terraform reads. It ignores hidden files. */
const CONFIGURATION = /^(?!\.)[^]*\.tf(\.json)?$/;

export interface ModuleFolder {
  /** The absolute path, without symbolic links. */
  readonly folder: string;
  readonly blocks: readonly Block[];
  /** All strings of its files, as written. */
  readonly strings: readonly string[];
  readonly fileCalls: readonly FileCall[];
}

/** Override files replace parts of the other files. Terraform reads them last. */
const OVERRIDE = /(^|_)override\.tf(\.json)?$/;

/** @returns the names of the configuration files, in the order of Terraform; an empty list when the folder is missing */
export function configurationFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder)
      .filter((name) => CONFIGURATION.test(name))
      .sort();
    return [...names.filter((name) => !OVERRIDE.test(name)), ...names.filter((name) => OVERRIDE.test(name))];
  } catch {
    return [];
  }
}

export function readModuleFolder(folder: string): ModuleFolder {
  const files = configurationFiles(folder).map((name) => readConfiguration(path.join(folder, name)));
  return {
    folder,
    blocks: files.flatMap(({ blocks }) => blocks),
    strings: files.flatMap(({ strings }) => strings),
    fileCalls: files.flatMap(({ fileCalls }) => fileCalls),
  };
}

function readConfiguration(file: string): HclFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // A folder, or a file without permission to read: Terraform reports it.
    return { blocks: [], strings: [], fileCalls: [] };
  }
  return file.endsWith('.json') ? readJsonBlocks(text) : readHcl(text);
}
