/** Keeps the idle instances of a function. The most recently used instance serves next. An instance expires when it is idle for too long. */
import type { Instance } from './instance';

/** How long an instance may stay idle. Lambda also ends idle execution environments after some minutes. */
const MAX_IDLE_MS = 300_000;

export class IdleInstances {
  /** The most recently used instance is the last entry. */
  private readonly entries: { readonly instance: Instance; readonly timer: NodeJS.Timeout }[] = [];

  /** @param onExpire called with an instance that was idle for MAX_IDLE_MS. It is already removed. */
  constructor(private readonly onExpire: (instance: Instance) => void) {}

  get size(): number {
    return this.entries.length;
  }

  add(instance: Instance): void {
    const timer = setTimeout(() => {
      this.remove(instance);
      this.onExpire(instance);
    }, MAX_IDLE_MS).unref();
    this.entries.push({ instance, timer });
  }

  /** Removes and returns the most recently used instance. */
  take(): Instance | undefined {
    const entry = this.entries.pop();
    clearTimeout(entry?.timer);
    return entry?.instance;
  }

  remove(instance: Instance): void {
    const index = this.entries.findIndex((entry) => entry.instance === instance);
    if (index !== -1) clearTimeout(this.entries.splice(index, 1)[0]?.timer);
  }

  clear(): void {
    for (const { timer } of this.entries.splice(0)) clearTimeout(timer);
  }
}
