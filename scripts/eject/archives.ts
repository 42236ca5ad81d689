/** Finds the archives of functions, and replaces their paths and hashes in the stack by expressions. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Block } from './hcl';
import { mapBlocks, type Stack } from './stacks';

export interface Archive {
  /** Name of the local value with the path. */
  readonly local: string;
  /** Path, relative to the folder of the stack. */
  readonly file: string;
}

/** The path of an asset of CDKTF: `assets/code_archive_1EBBF085/<hash>/function.zip`. */
const ASSET = /^assets\/(.+?)(_[0-9A-F]{8})?\/[^/]+\/[^/]+$/;

/** Returns the archives of a stack without duplicates: functions can share an archive. */
export function archivesOf({ folder, sections }: Stack): Archive[] {
  const archives = new Map<string, Archive>();
  const own = (sections['locals'] ?? {}) as Block;
  mapBlocks((sections['resource'] ?? {}) as Block, (block) => {
    const file = block['filename'];
    if (typeof file !== 'string' || archives.has(file) || !existsSync(path.join(folder, file))) return block;
    const [, id = 'archive', hash = ''] = ASSET.exec(file) ?? [];
    const short = id.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
    const isTaken = short in own || [...archives.values()].some(({ local }) => local === short);
    archives.set(file, { local: isTaken ? short + hash : short, file });
    return block;
  });
  return [...archives.values()];
}

/** Replaces the path of each archive by a local value, and its hash by a call of `filebase64sha256`. */
export function referToArchives({ folder, sections }: Stack, archives: readonly Archive[]): Block {
  const resource = mapBlocks((sections['resource'] ?? {}) as Block, (block) => {
    const archive = archives.find(({ file }) => file === block['filename']);
    if (!archive) return block;
    const hash = createHash('sha256')
      .update(readFileSync(path.join(folder, archive.file)))
      .digest('base64');
    const sameHash = block['source_code_hash'] === hash;
    return {
      ...block,
      filename: `\${local.${archive.local}}`,
      ...(sameHash && { source_code_hash: `\${filebase64sha256(local.${archive.local})}` }),
    };
  });
  return { ...sections, resource };
}
