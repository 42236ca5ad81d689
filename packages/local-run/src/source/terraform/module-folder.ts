/** Reads the configuration files of one module folder: its blocks, and the paths that its strings name. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FileCall } from './file-calls';
import { type Block, type HclFile, readHcl } from './hcl-blocks';
import { readJsonBlocks } from './json-blocks';

/** The files that Terraform and OpenTofu read. They ignore hidden files. */
const CONFIGURATION = /^(?!\.)[^]*\.(tf|tofu)(\.json)?$/;

/** Only OpenTofu reads these files. It reads `a.tofu` in place of `a.tf`, and `a.tofu.json` in place of `a.tf.json`. */
const TOFU = /\.tofu(\.json)?$/;

export interface ModuleFolder {
  /** The absolute path, without symbolic links. */
  readonly folder: string;
  readonly blocks: readonly Block[];
  /** All strings of its files, as written. */
  readonly strings: readonly string[];
  readonly fileCalls: readonly FileCall[];
}

/** Override files replace parts of the other files. Terraform reads them last. */
const OVERRIDE = /(^|_)override\.(tf|tofu)(\.json)?$/;

/**
 * @param isOpenTofu whether OpenTofu reads the folder
 * @returns the names of the configuration files, in the order of Terraform; an empty list when the folder is missing
 */
export function configurationFiles(folder: string, isOpenTofu: boolean): string[] {
  try {
    const all = readdirSync(folder).filter((name) => CONFIGURATION.test(name));
    const names = all.filter((name) => (isOpenTofu ? !isReplaced(name, all) : !TOFU.test(name))).sort();
    return [...names.filter((name) => !OVERRIDE.test(name)), ...names.filter((name) => OVERRIDE.test(name))];
  } catch {
    return [];
  }
}

function isReplaced(name: string, all: readonly string[]): boolean {
  return !TOFU.test(name) && all.includes(name.replace(/\.tf(?=(\.json)?$)/, '.tofu'));
}

export function readModuleFolder(folder: string, isOpenTofu: boolean): ModuleFolder {
  const files = configurationFiles(folder, isOpenTofu).map((name) => readConfiguration(path.join(folder, name)));
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
