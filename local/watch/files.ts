/** Watches the folders that the project's files lie in, and says which have changed once it is quiet again. */
import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../synth';

/** A save is several events (truncate, write, rename), and several files are saved at once: this long (ms) nothing comes. */
const QUIET_MS = 20;
/** But whatever comes, after so long (ms) it is told. */
const MOST_MS = 200;

/** What the app and esbuild read beside their modules. */
const SETTINGS = ['cdktf.json', 'package.json', 'tsconfig.json'];

const NOT_WATCHED = new Set(['node_modules', 'cdktf.out', 'dist', 'coverage']);

/** Files by which editors save, swap and lock: `.x.swp`, `x~`, `#x#`, `4913` of vim, `x.tmp.123`. */
const OF_EDITORS = /^\.|~$|^#.*#$|^4913$|\.tmp(\.|$)|\.sw[a-z]$|___jb_/;

export interface FilesOptions {
  /** Something has begun to change. */
  readonly onFirst: () => void;
  /** It is quiet again: the paths within the project; none, when an editor's own files came and went. */
  readonly onChange: (files: readonly string[]) => void;
}

/**
 * Folders, and not files: a file that is replaced by a rename would be lost. One watch a folder, as Node's recursive one
 * is a copy of this on Linux, goes into node_modules, and misses files in folders that have just been made.
 */
export class Files {
  private readonly watchers = new Map<string, FSWatcher>();
  /** Files of the project's own folder that count; below it all do. */
  private readonly atRoot = new Set(SETTINGS);
  private readonly known = new Set<string>();
  private readonly changed = new Set<string>();
  private quiet: NodeJS.Timeout | undefined;
  private most: NodeJS.Timeout | undefined;

  constructor(private readonly options: FilesOptions) {
    this.add(ROOT);
  }

  /** From here on the folders of these files are watched too, each with all that is in the folder of the project above it. */
  follow(files: readonly string[]): void {
    for (const file of files) {
      this.known.add(file);
      const relative = path.relative(ROOT, file);
      const [top = '', ...below] = relative.split(path.sep);
      if (below.length === 0) this.atRoot.add(top);
      else if (top === '..' || path.isAbsolute(relative)) this.add(path.dirname(file));
      else this.addTree(path.join(ROOT, top));
    }
  }

  close(): void {
    clearTimeout(this.quiet);
    clearTimeout(this.most);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private addTree(folder: string): void {
    if (this.watchers.has(folder) || NOT_WATCHED.has(path.basename(folder))) return;
    if (!this.add(folder)) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) this.addTree(path.join(folder, entry.name));
    }
  }

  private add(folder: string): boolean {
    if (this.watchers.has(folder)) return true;
    try {
      const watcher = watch(folder, (_event, name) => this.seen(folder, name ?? ''));
      watcher.on('error', () => this.drop(folder));
      this.watchers.set(folder, watcher);
      return true;
    } catch (error) {
      // It has gone again in the meantime; anything else (too many watches) has to be known.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  private drop(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }

  private seen(folder: string, name: string): void {
    if (OF_EDITORS.test(name) || (folder === ROOT && !this.atRoot.has(name))) return;
    const file = path.join(folder, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats) this.drop(file);
    // Its files may have been there before it was watched: the folder's own name stands for them.
    else if (stats.isDirectory()) this.addTree(file);
    if (this.changed.size === 0) {
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
    this.options.onChange(counted.map((file) => path.relative(ROOT, file)).sort());
  }
}
