/** Remembers, for as long as a process lasts, what was made of files that have not changed since. */
import path from 'node:path';
import { changedAt, stateOf, statOf } from '../cache/store.cjs';
import { isInPackage, probesOf } from './bundle-probes';

interface Remembered<T> {
  readonly value: T;
  /** The files it was made of, and what decides which those are. */
  readonly looked: readonly string[];
  /** Changes with each of the files; undefined: one changed while the value was made. */
  readonly state: string | undefined;
}

interface Shared<T> {
  readonly known: Map<string, Remembered<T>>;
  /** The names that were asked for since the last memory was made. */
  readonly asked: Set<string>;
}

/** The memory outlives the modules: who runs an app again in the same process loads its modules anew. */
const SHARED = Symbol.for('serverless-crud.bundle-memory');

/** A file that changed so shortly before (in ms) may have changed again within the same tick of its clock. */
const TICK_MS = 10;

/** Made anew for each run of an app in the process; knows then what the last one asked for, and forgets all else. */
export class BundleMemory<T> {
  private readonly shared: Shared<T>;

  constructor() {
    const holder = globalThis as { [SHARED]?: Shared<T> | undefined };
    this.shared = holder[SHARED] ??= { known: new Map<string, Remembered<T>>(), asked: new Set<string>() };
    const { known, asked } = this.shared;
    // A run that failed before it came to any says nothing.
    if (asked.size > 0) this.forget([...known.keys()].filter((name) => !asked.has(name)));
    asked.clear();
  }

  /** This run wants it: so may the next. */
  ask(name: string): void {
    this.shared.asked.add(name);
  }

  /** This run failed, and would have asked for others. */
  askAll(): void {
    for (const name of this.known.keys()) this.ask(name);
  }

  private get known(): Map<string, Remembered<T>> {
    return this.shared.known;
  }

  /** @returns undefined when a file has changed, or nothing is known */
  recall(name: string): T | undefined {
    const found = this.known.get(name);
    return found?.state !== undefined && statesOf(found.looked) === found.state ? found.value : undefined;
  }

  /** What was last kept, changed since or not. */
  latest(name: string): T | undefined {
    return this.known.get(name)?.value;
  }

  /** The other names whose files have changed. */
  changed(besides: string): string[] {
    return [...this.known.keys()].filter((name) => name !== besides && this.recall(name) === undefined);
  }

  /**
   * @param began when the making of the value began, in ms since the epoch: files that changed later are not known
   * @param tools files of what makes it
   */
  keep(name: string, value: T, files: readonly string[], began: number, tools: readonly string[] = []): void {
    const { paths, complete } = probesOf(files.filter((file) => !isInPackage(file)));
    const looked = [...new Set([...files, ...paths, ...tools])];
    // First what they are, then whether that is what was read: a file that changes in between is found to have changed.
    const state = statesOf(looked);
    const settled = complete && looked.every((file) => changeOf(file) < began - TICK_MS);
    this.known.set(name, { value, looked, state: settled ? state : undefined });
  }

  forget(names: readonly string[]): void {
    for (const name of names) this.known.delete(name);
  }
}

/** That of a folder changes when a file comes that an import would find before the one that it finds now. */
function statesOf(looked: readonly string[]): string {
  return looked.map((file) => `${file} ${stateOf(file)}`).join('\n');
}

/** Of what is not there the time at which it can have gone: that of its folder. */
function changeOf(file: string): number {
  const stats = [file, path.dirname(file)].map((one) => statOf(one));
  const there = stats.find((one) => one !== undefined);
  return there ? changedAt(there) : 0;
}
