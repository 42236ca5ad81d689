/** Remembers, for as long as a process lasts, what was made of files that have not changed since. */
import { statSync } from 'node:fs';
import path from 'node:path';

interface Remembered<T> {
  readonly value: T;
  readonly files: readonly string[];
  /** Changes with each of the files; undefined: one changed while the value was made. */
  readonly state: string | undefined;
}

/** The memory outlives the modules: who runs an app again in the same process loads its modules anew. */
const SHARED = Symbol.for('serverless-crud.bundle-memory');

/** Files in the folders above a source that esbuild reads too. */
const SETTINGS = ['package.json', 'tsconfig.json'];

/** A file that changed so shortly before (in ms) may have changed again within the same tick of its clock. */
const TICK_MS = 5;

export class BundleMemory<T> {
  private readonly known: Map<string, Remembered<T>>;

  constructor() {
    const shared = globalThis as { [SHARED]?: Map<string, Remembered<T>> | undefined };
    this.known = shared[SHARED] ??= new Map<string, Remembered<T>>();
  }

  /** @returns undefined when a file has changed, or nothing is known */
  recall(name: string): T | undefined {
    const found = this.known.get(name);
    return found?.state !== undefined && stateOf(found.files).text === found.state ? found.value : undefined;
  }

  /** What was last kept, changed since or not. */
  latest(name: string): T | undefined {
    return this.known.get(name)?.value;
  }

  /** The other names whose files have changed. */
  changed(besides: string): string[] {
    return [...this.known.keys()].filter((name) => name !== besides && this.recall(name) === undefined);
  }

  /** @param began when the making of the value began, in ms since the epoch: files that changed later are not known */
  keep(name: string, value: T, files: readonly string[], began: number): void {
    const { text, newest } = stateOf(files);
    this.known.set(name, { value, files, state: newest < began - TICK_MS ? text : undefined });
  }

  forget(names: readonly string[]): void {
    for (const name of names) this.known.delete(name);
  }
}

/**
 * The files themselves, and of the project's own also their folders, whose time changes when a file comes that an import
 * would find before the one that it finds now, and the settings above them.
 */
function stateOf(files: readonly string[]): { readonly text: string; readonly newest: number } {
  const looked = new Set(files);
  for (const file of files) {
    if (file.includes(`${path.sep}node_modules${path.sep}`)) continue;
    looked.add(path.dirname(file));
    for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
      for (const name of SETTINGS) looked.add(path.join(folder, name));
    }
  }
  let newest = 0;
  const parts: string[] = [];
  for (const file of looked) {
    const stats = statSync(file, { throwIfNoEntry: false });
    newest = Math.max(newest, stats?.mtimeMs ?? 0);
    parts.push(`${file} ${stats?.mtimeMs} ${stats?.isDirectory() ? '' : stats?.size} ${stats?.ino}`);
  }
  return { text: parts.join('\n'), newest };
}
