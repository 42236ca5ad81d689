/** The instances of a function that have nothing to do: the one that was used last serves next, one that rests for long is ended. */
import type { Instance } from './instance';

/** Lambda ends them too, after minutes. */
const IDLE_MS = 300_000;

export class IdleInstances {
  /** The most recently used last. */
  private readonly resting: { readonly instance: Instance; readonly timer: NodeJS.Timeout }[] = [];

  /** @param onLong gets an instance that has rested for so long; it is no longer among these */
  constructor(private readonly onLong: (instance: Instance) => void) {}

  get size(): number {
    return this.resting.length;
  }

  has(instance: Instance): boolean {
    return this.resting.some((one) => one.instance === instance);
  }

  add(instance: Instance): void {
    const timer = setTimeout(() => {
      this.remove(instance);
      this.onLong(instance);
    }, IDLE_MS).unref();
    this.resting.push({ instance, timer });
  }

  /** @returns the one that was used last; undefined when there is none */
  take(): Instance | undefined {
    const taken = this.resting.pop();
    clearTimeout(taken?.timer);
    return taken?.instance;
  }

  remove(instance: Instance): void {
    const index = this.resting.findIndex((one) => one.instance === instance);
    if (index !== -1) clearTimeout(this.resting.splice(index, 1)[0]?.timer);
  }

  /** Forgets all. */
  clear(): void {
    for (const { timer } of this.resting.splice(0)) clearTimeout(timer);
  }
}
