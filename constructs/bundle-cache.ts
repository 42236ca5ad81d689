/** Keeps the bundles of earlier runs. A bundle is used again while every file that it was made of has the same content. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A JSON value, and the files and folders that decide what it is: paths from the project's root. */
interface Entry<T> {
  readonly value: T;
  readonly hashes: Readonly<Record<string, string>>;
}

/** File times are this coarse on common file systems. */
const CLOCK_TICK_MS = 10;

/** Cached results in files below node_modules/.cache, which `npm ci` clears. */
export class BundleCache<T> {
  private readonly folder: string;
  private readonly hashes = new Map<string, string>();

  constructor(private readonly root: string) {
    this.folder = path.join(root, 'node_modules/.cache/function-bundles');
  }

  /** @param key everything that the result depends on apart from files, as JSON */
  read(key: string): T | undefined {
    try {
      const { value, hashes } = JSON.parse(readFileSync(this.file(key), 'utf8')) as Entry<T>;
      return Object.entries(hashes).every(([name, hash]) => this.hash(name) === hash) ? value : undefined;
    } catch {
      // There is none, or it is damaged.
      return undefined;
    }
  }

  /**
   * Does nothing when a file has changed since the build began: the build may have read the earlier content.
   * @param inputs files and folders; a folder counts by the names in it, and one that is missing by its absence
   * @param startedAt when the build began, in ms since the epoch
   */
  write(key: string, value: T, inputs: readonly string[], startedAt: number): void {
    if (inputs.some((name) => this.changedAt(name) > startedAt - CLOCK_TICK_MS)) return;
    const hashes = Object.fromEntries(inputs.map((name) => [name, this.hash(name)]));
    const unfinished = path.join(this.folder, `${randomUUID()}.new`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(unfinished, JSON.stringify({ value, hashes } satisfies Entry<T>));
      renameSync(unfinished, this.file(key));
    } catch {
      // A folder that cannot be written to: the next run builds again.
    }
  }

  private file(key: string): string {
    return path.join(this.folder, `${sha256(key)}.json`);
  }

  private changedAt(name: string): number {
    const stat = statSync(path.resolve(this.root, name), { throwIfNoEntry: false });
    return stat ? Math.max(stat.mtimeMs, stat.ctimeMs) : 0;
  }

  private hash(name: string): string {
    const known = this.hashes.get(name) ?? contentHash(path.resolve(this.root, name));
    this.hashes.set(name, known);
    return known;
  }
}

function contentHash(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return 'missing';
  return sha256(stat.isDirectory() ? readdirSync(file).sort().join('\n') : readFileSync(file));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url');
}
