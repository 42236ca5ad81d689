/** Watches the folders that the project's files lie in, and says which have changed once it is quiet again. */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { changedAt, statOf } from '../../../../../cache/store.cjs';
import { entriesOf, OtherSources, sourcesIn } from './other-sources';

/** Replaced by the folder that the run was given. */
const ROOT = process.cwd();

/** A save is several events (truncate, write, rename), and several files are saved at once: this long (ms) nothing comes. */
const QUIET_MS = 20;
/** But whatever comes, after so long (ms) it is told. */
const MOST_MS = 200;

/** What the app and esbuild read beside their modules. */
const SETTINGS = ['cdktf.json', 'package.json', 'tsconfig.json'];

const NOT_WATCHED = new Set(['node_modules', 'cdktf.out', 'dist', 'coverage']);

/** Files by which editors save, swap and lock: `.x.swp`, `x~`, `#x#`, `4913` of vim, `x.tmp.123`. */
const OF_EDITORS = /^\.|~$|^#.*#$|^4913$|\.tmp(\.|$)|\.sw[a-z]$|___jb_/;

/** What to raise where watching a folder fails: inotify(7), "/proc interfaces". */
const LIMITS: Readonly<Record<string, string>> = {
  ENOSPC: 'This machine allows no more watches: raise fs.inotify.max_user_watches (sysctl)',
  EMFILE: 'Too many files are open: raise fs.inotify.max_user_instances (sysctl), or the limit of `ulimit -n`',
};

/** A folder cannot be watched. */
export class WatchError extends Error {
  override readonly name = 'WatchError';
}

export interface FilesOptions {
  /** Something has begun to change. */
  readonly onFirst: () => void;
  /**
   * It is quiet again.
   * @param files paths within the project; none, when an editor's own files came and went
   * @param since when it began to change: performance.now()
   */
  readonly onChange: (files: readonly string[], since: number) => void;
  /** Gets why a folder that came later is not watched. */
  readonly onFault: (error: WatchError) => void;
  /** The project. @default this one */
  readonly root?: string;
}

interface Watched {
  readonly watcher: FSWatcher;
  /** Another one's, when the folder has been removed and made again: its watch is of what is no more. */
  readonly identity: string;
}

/**
 * Folders, and not files: a file that is replaced by a rename would be lost. One watch a folder, as Node's recursive one
 * is a copy of this on Linux, goes into node_modules, and misses files in folders that have just been made.
 */
export class Files {
  private readonly root: string;
  private readonly watched = new Map<string, Watched>();
  /** Names in the project's own folder that count; those of folders with all that is below. */
  private readonly atRoot = new Set(SETTINGS);
  private readonly others = new OtherSources();
  /** Whether these count as well. */
  private searching = false;
  private readonly known = new Set<string>();
  private readonly changed = new Set<string>();
  private since = 0;
  private closed = false;
  private quiet: NodeJS.Timeout | undefined;
  private most: NodeJS.Timeout | undefined;

  /** @throws WatchError */
  constructor(private readonly options: FilesOptions) {
    this.root = options.root ?? ROOT;
    this.add(this.root);
  }

  /** Whether something has changed that has not been told. */
  get pending(): boolean {
    return this.changed.size > 0;
  }

  /**
   * From here on the folders of these files are watched too, each with all that is in the folder of the project above it.
   * @param began when they began to be read, in ms since the epoch: one that changed later, when nobody watched, has changed
   * @throws WatchError
   */
  follow(files: readonly string[], began = Date.now()): void {
    this.searching = false;
    this.others.forget();
    const unseen = files.filter((file) => !this.watched.has(path.dirname(file)) || !this.isFollowed(file));
    for (const file of files) {
      this.known.add(file);
      const top = this.topOf(file);
      if (top === undefined) {
        this.add(path.dirname(file));
        continue;
      }
      this.atRoot.add(top);
      if (path.dirname(file) !== this.root) this.addTree(path.join(this.root, top));
    }
    for (const file of unseen) {
      if (!this.watched.has(path.dirname(file))) continue;
      const stats = statOf(file);
      if (!stats || changedAt(stats) > began) this.note(file);
    }
  }

  /**
   * Until files are followed again any source in the project counts, in whatever folder: what was made of them failed, maybe of
   * a module that is missing, or at fault, where nothing was read from so far.
   * @param began as above
   * @throws WatchError
   */
  search(began: number): void {
    this.searching = true;
    for (const entry of entriesOf(this.root)) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) this.addTree(path.join(this.root, entry.name));
    }
    for (const file of this.others.saved(this.othersIn(this.root), began)) this.note(file);
  }

  /** While a synth runs, what it writes itself is no save; the next `search` or `follow` tells what was. */
  pauseSearch(): void {
    this.searching = false;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.quiet);
    clearTimeout(this.most);
    this.changed.clear();
    for (const { watcher } of this.watched.values()) watcher.close();
    this.watched.clear();
  }

  /** The name in the project's own folder that it is, or is below; undefined: it is elsewhere. */
  private topOf(file: string): string | undefined {
    const relative = path.relative(this.root, file);
    const [top] = relative.split(path.sep);
    return top === '..' || path.isAbsolute(relative) ? undefined : top;
  }

  /** In all folders that are watched, from this one on. */
  private othersIn(top: string): string[] {
    const folders = [...this.watched.keys()].filter((one) => one === top || one.startsWith(top + path.sep));
    return folders.flatMap((folder) => sourcesIn(folder)).filter((file) => !this.isFollowed(file));
  }

  private isFollowed(file: string): boolean {
    const top = this.topOf(file);
    return top === undefined || this.atRoot.has(top);
  }

  private addTree(folder: string): void {
    if (NOT_WATCHED.has(path.basename(folder)) || !this.add(folder)) return;
    for (const entry of entriesOf(folder)) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) this.addTree(path.join(folder, entry.name));
    }
  }

  /** @returns whether it was not watched before */
  private add(folder: string): boolean {
    const identity = identityOf(folder);
    if (this.closed || identity === undefined || this.watched.get(folder)?.identity === identity) return false;
    this.drop(folder);
    try {
      const watcher = watch(folder, (_event, name) => this.heard(folder, name ?? ''));
      watcher.on('error', () => this.drop(folder));
      this.watched.set(folder, { watcher, identity });
      return true;
    } catch (error) {
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      // It has gone again in the meantime.
      if (code === 'ENOENT') return false;
      const mend = LIMITS[code] ? ` ${LIMITS[code]}, or end what else watches files.` : '';
      throw new WatchError(`${folder} cannot be watched (${code}), so changes in it are not seen.${mend}`);
    }
  }

  private drop(folder: string): void {
    this.watched.get(folder)?.watcher.close();
    this.watched.delete(folder);
  }

  private heard(folder: string, name: string): void {
    try {
      this.seen(folder, name);
    } catch (error) {
      if (!(error instanceof WatchError)) throw error;
      this.options.onFault(error);
    }
  }

  private seen(folder: string, name: string): void {
    const file = path.join(folder, name);
    const isFollowed = this.isFollowed(file);
    if (OF_EDITORS.test(name) || (folder === this.root && !isFollowed && !this.searching)) return;
    const stats = statOf(file);
    // Of a folder its files may have been there before it was watched: its own name stands for them.
    if (isFollowed) this.note(file);
    if (!stats) this.drop(file);
    else if (stats.isDirectory()) this.addTree(file);
    if (!isFollowed && this.searching) {
      const others = stats?.isDirectory() === true ? this.othersIn(file) : [file];
      for (const other of others) if (this.others.isChanged(other)) this.note(other);
    }
    // A folder that goes says so itself, by its own name. The one that is there now may be another, with the same inode.
    if (!stats && name === path.basename(folder) && folder !== this.root) {
      this.drop(folder);
      this.addTree(folder);
    }
  }

  private note(file: string): void {
    if (!this.pending) {
      this.since = performance.now();
      this.options.onFirst();
      this.most = setTimeout(() => this.tell(), MOST_MS);
    }
    this.changed.add(file);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.tell(), QUIET_MS);
  }

  private tell(): void {
    clearTimeout(this.quiet);
    clearTimeout(this.most);
    const counted = [...this.changed].filter((file) => this.known.has(file) || existsSync(file));
    this.changed.clear();
    this.options.onChange(counted.map((file) => path.relative(this.root, file)).sort(), this.since);
  }
}

/** Changes when another folder takes its place; undefined when there is none. */
function identityOf(folder: string): string | undefined {
  const stats = statOf(folder);
  return stats && `${stats.dev} ${stats.ino} ${stats.birthtimeMs}`;
}
