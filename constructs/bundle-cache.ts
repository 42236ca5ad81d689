/** Caches bundles between runs. A cached bundle is valid while each file that it was built from has the same content. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, type Stats, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A cached value. It is valid while these hashes match; keys are paths of files and folders from the project's root. */
interface Entry<T> {
  readonly value: T;
  readonly hashes: Readonly<Record<string, string>>;
}

/** Resolution of file times on common file systems. */
const FILE_TIME_RESOLUTION_MS = 10;

/** Stores values in files below node_modules/.cache, which `npm ci` deletes. */
export class BundleCache<T> {
  private readonly folder: string;
  private readonly hashes = new Map<string, string>();

  constructor(private readonly root: string) {
    this.folder = path.join(root, 'node_modules/.cache/function-bundles');
  }

  /**
   * Reads a value.
   * @param key all inputs of the value that are not files, as JSON
   * @returns undefined when no valid value is stored
   */
  read(key: string): T | undefined {
    try {
      const text = readFileSync(this.file(key), 'utf8');
      const content = text.slice(text.indexOf('\n') + 1);
      // A damaged entry can still be JSON.
      if (text !== withChecksum(content)) return undefined;
      const { value, hashes } = JSON.parse(content) as Entry<T>;
      return Object.entries(hashes).every(([name, hash]) => this.hashOf(name) === hash) ? value : undefined;
    } catch {
      // The cache file is missing.
      return undefined;
    }
  }

  /**
   * Stores a value, unless an input changed after the build began: the build may have read the earlier content.
   * @param inputs files and folders that the value depends on. The hash of a folder covers the names in it. A missing
   *   path has a hash too, so the value becomes invalid when somebody creates the path.
   * @param startedAt when the build began, in ms since the epoch
   */
  write(key: string, value: T, inputs: readonly string[], startedAt: number): void {
    if (inputs.some((name) => this.changedAt(name) > startedAt - FILE_TIME_RESOLUTION_MS)) return;
    const hashes = Object.fromEntries(inputs.map((name) => [name, this.hashOf(name)]));
    const temporary = path.join(this.folder, `${randomUUID()}.new`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(temporary, withChecksum(JSON.stringify({ value, hashes } satisfies Entry<T>)));
      renameSync(temporary, this.file(key));
    } catch {
      // The folder is not writable. The next run repeats the build.
    }
  }

  private file(key: string): string {
    return path.join(this.folder, `${sha256(key)}.json`);
  }

  private changedAt(name: string): number {
    const stat = statIfExists(path.resolve(this.root, name));
    return stat ? Math.max(stat.mtimeMs, stat.ctimeMs) : 0;
  }

  private hashOf(name: string): string {
    const hash = this.hashes.get(name) ?? contentHash(path.resolve(this.root, name));
    this.hashes.set(name, hash);
    return hash;
  }
}

/** A cache file: a line with the checksum of the content, then the content. */
function withChecksum(content: string): string {
  return `${sha256(content)}\n${content}`;
}

function contentHash(file: string): string {
  const stat = statIfExists(file);
  if (!stat) return 'missing';
  return sha256(stat.isDirectory() ? readdirSync(file).sort().join('\n') : readFileSync(file));
}

function statIfExists(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // A parent of the path is a file, not a folder.
    return undefined;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}
