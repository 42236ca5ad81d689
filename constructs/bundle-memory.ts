/** Remembers, for as long as a process lasts, what was made of files that have not changed since. */
import path from 'node:path';
import { statOf } from '../cache/store.cjs';
import { isInPackage, probesOf } from './bundle-probes';

interface Remembered<T> {
  readonly value: T;
  /** The files it was made of, and what decides which those are. */
  readonly looked: readonly string[];
  /** Changes with each of the files; undefined: one changed while the value was made. */
  readonly state: string | undefined;
}

/** The memory outlives the modules: who runs an app again in the same process loads its modules anew. */
const SHARED = Symbol.for('serverless-crud.bundle-memory');

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
    return found?.state !== undefined && stateOf(found.looked) === found.state ? found.value : undefined;
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
    const { paths, complete } = probesOf(files.filter((file) => !isInPackage(file)));
    const looked = [...new Set([...files, ...paths])];
    const settled = complete && looked.every((file) => changedAt(file) < began - TICK_MS);
    this.known.set(name, { value, looked, state: settled ? stateOf(looked) : undefined });
  }

  forget(names: readonly string[]): void {
    for (const name of names) this.known.delete(name);
  }
}

/** Of a folder its time, which changes when a file comes that an import would find before the one that it finds now. */
function stateOf(looked: readonly string[]): string {
  const parts = looked.map((file) => {
    const stats = statOf(file);
    return `${file} ${stats?.mtimeMs} ${stats?.isDirectory() ? '' : stats?.size} ${stats?.ino}`;
  });
  return parts.join('\n');
}

/** Of what is not there the time at which it can have gone: that of its folder. */
function changedAt(file: string): number {
  const stats = [file, path.dirname(file)].map((one) => statOf(one));
  return stats.find((one) => one !== undefined)?.mtimeMs ?? 0;
}
