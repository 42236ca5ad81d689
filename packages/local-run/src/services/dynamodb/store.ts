/** Prepares the LevelDB store of dynalite: writes reach the disk, and the store is sound before dynalite opens it. */
import type { createRequire } from 'node:module';

interface LevelStore {
  open(): Promise<void>;
  close(): Promise<void>;
  put(key: string, value: unknown, options?: object): Promise<void>;
  del(key: string, options?: object): Promise<void>;
  batch(operations: readonly object[], options?: object): Promise<void>;
  iterator(options: object): AsyncIterable<[key: string, value: unknown]>;
}

interface LevelModule {
  Level: new (path: string, options?: object) => LevelStore;
}

/** @param requireFromDynalite resolves the package `level` to the instance that dynalite loads */
export function levelModule(requireFromDynalite: ReturnType<typeof createRequire>): LevelModule {
  return requireFromDynalite('level') as LevelModule;
}

/**
 * Makes all writes wait for the disk. By default LevelDB hands them to the operating system, and a power cut loses them. dynalite
 * has no option for it, so the class that it opens its store with is replaced. Call this before dynalite is loaded.
 */
export function syncWrites(level: LevelModule): void {
  const sync = { sync: true };
  level.Level = class extends level.Level {
    override put(key: string, value: unknown, options?: object): Promise<void> {
      return super.put(key, value, { ...options, ...sync });
    }

    override del(key: string, options?: object): Promise<void> {
      return super.del(key, { ...options, ...sync });
    }

    override batch(operations: readonly object[], options?: object): Promise<void> {
      return super.batch(operations, { ...options, ...sync });
    }
  };
}

/**
 * Opens the store once before dynalite does: dynalite reports no error when it cannot open the store, and then never answers.
 * Deletes tables that a killed run was creating. They have no items and would stay in the state CREATING for ever.
 * @throws the error of LevelDB
 */
export async function checkStore({ Level }: LevelModule, folder: string): Promise<void> {
  const store = new Level(folder, { valueEncoding: 'json' });
  await store.open();
  try {
    for await (const [key, value] of store.iterator({ gte: 'table~', lt: 'table~\uffff' })) {
      if ((value as { TableStatus?: unknown } | null)?.TableStatus === 'CREATING') await store.del(key);
    }
  } finally {
    await store.close();
  }
}
