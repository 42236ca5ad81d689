/**
 * Collects the writes of a transaction, and stores all of them in one step or none of them. dynalite writes each item and each
 * index entry separately, so this module replaces the class with which dynalite opens its store.
 */

/** The part of a LevelDB store that writes. */
interface WritableStore {
  put(key: string, value: unknown, options?: object): Promise<void>;
  del(key: string, options?: object): Promise<void>;
  batch(operations: readonly object[], options?: object): Promise<void>;
}

type StoreClass = new (...args: never[]) => WritableStore;

export class WriteBuffer {
  private operations: object[] | undefined;
  private store: WritableStore | undefined;

  /** Collects all writes until `commit` or `discard`. */
  begin(): void {
    this.operations = [];
  }

  get length(): number {
    return this.operations?.length ?? 0;
  }

  /** Forgets the writes after the first `length` writes. */
  truncate(length: number): void {
    this.operations?.splice(length);
  }

  /** Stores the collected writes in one step. */
  async commit(): Promise<void> {
    const operations = this.operations ?? [];
    this.operations = undefined;
    if (operations.length > 0) await this.store?.batch(operations);
  }

  discard(): void {
    this.operations = undefined;
  }

  /** @returns a class whose stores write into this buffer while it collects. `commit` writes to the store that was opened last. */
  extend<T extends StoreClass>(Store: T): T {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has its own `this`
    const buffer = this;
    const Base = Store as unknown as new (...args: unknown[]) => WritableStore;
    class BufferedStore extends Base {
      constructor(...args: unknown[]) {
        super(...args);
        buffer.store = this;
      }

      override put(key: string, value: unknown, options?: object): Promise<void> {
        return buffer.collect({ type: 'put', key, value }) ?? super.put(key, value, options);
      }

      override del(key: string, options?: object): Promise<void> {
        return buffer.collect({ type: 'del', key }) ?? super.del(key, options);
      }

      override batch(operations: readonly object[], options?: object): Promise<void> {
        return buffer.collect(...operations) ?? super.batch(operations, options);
      }
    }
    return BufferedStore as unknown as T;
  }

  private collect(...operations: readonly object[]): Promise<void> | undefined {
    if (!this.operations) return undefined;
    this.operations.push(...operations);
    return Promise.resolve();
  }
}
