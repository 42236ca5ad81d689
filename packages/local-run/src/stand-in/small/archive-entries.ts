/** Collects the files that a block `archive_file` puts into an archive. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Values } from '../provider/provider';
import { StandInError } from '../provider/stand-in-error';
import { matchesGlob } from './glob';

export interface ArchiveEntry {
  /** The path in the archive, with `/`. */
  readonly name: string;
  readonly content: Uint8Array;
  /** The permissions of the file: `0o644`. */
  readonly mode: number;
}

const DEFAULT_MODE = 0o644;

/** @param output the archive itself, which is no entry @returns the entries by name */
export function archiveEntries(config: Values, folder: string, output: string): readonly ArchiveEntry[] {
  const { source_file: file, source_dir: source, source_content: content, source_content_filename: filename } = config;
  if (typeof source === 'string') return sorted(folderEntries(path.resolve(folder, source), config, output));
  if (typeof file === 'string') return [fileEntry(path.basename(file), path.resolve(folder, file))];
  if (typeof content === 'string') return [textEntry(String(filename), content)];
  const blocks = (config['source'] ?? []) as readonly { readonly filename: string; readonly content: string }[];
  return sorted(blocks.map((block) => textEntry(block.filename, block.content)));
}

function folderEntries(root: string, config: Values, output: string): ArchiveEntry[] {
  const excludes = ((config['excludes'] ?? []) as readonly string[]).map((pattern) => path.normalize(pattern));
  const skipLinks = config['exclude_symlink_directories'] === true;
  const isExcluded = (name: string) => excludes.some((pattern) => matchesGlob(name, pattern));

  /** @param parents real paths of the folder and of the folders above it, to find links that lead back */
  function collect(relative: string, parents: readonly string[]): ArchiveEntry[] {
    return list(path.join(root, relative)).flatMap((entry) => {
      const name = path.posix.join(relative, entry.name);
      const file = path.join(root, name);
      if (isExcluded(name) || file === output) return [];
      if (!isFolder(file)) return [fileEntry(name, file)];
      if (skipLinks && entry.isSymbolicLink()) return [];
      const real = realpathSync(file);
      if (!parents.includes(real)) return collect(name, [...parents, real]);
      throw new StandInError(
        'The folder of an archive contains itself',
        `${file} leads back to ${real}. Remove the link, or exclude it with \`excludes\`.`,
      );
    });
  }
  list(root);
  return collect('', [realpathSync(root)]);
}

function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new StandInError('The folder of an archive cannot be read', `${folder}: ${(error as Error).message}`);
  }
}

/** @returns false for a broken link */
function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function fileEntry(name: string, file: string): ArchiveEntry {
  try {
    const stats = statSync(file);
    // Reading a pipe would wait without an end.
    if (!stats.isFile()) throw new Error('it is neither a file nor a folder. Exclude it with `excludes`');
    return { name, content: readFileSync(file), mode: stats.mode & 0o777 };
  } catch (error) {
    throw new StandInError('The file of an archive cannot be read', `${file}: ${(error as Error).message}`);
  }
}

function textEntry(name: string, content: string): ArchiveEntry {
  return { name, content: Buffer.from(content), mode: DEFAULT_MODE };
}

function sorted(entries: ArchiveEntry[]): readonly ArchiveEntry[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
