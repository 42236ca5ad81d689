/** Prepares dynalite's LevelDB store: makes writes wait for the disk, and checks the store before dynalite opens it. */
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

/**
 * Loads the package `level`. Returns the module object that dynalite also gets.
 * @param requireFromDynalite a `require` that resolves packages from dynalite's folder
 */
export function levelModule(requireFromDynalite: ReturnType<typeof createRequire>): LevelModule {
  return requireFromDynalite('level') as LevelModule;
}

/**
 * Makes every write wait until its data is on the disk. By default, LevelDB returns when the operating system has the data,
 * and a power cut loses it. dynalite has no option for this, so this function replaces the class with which dynalite opens
 * its store. Call it before dynalite is loaded.
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
 * Opens and closes the store, to report errors: when dynalite cannot open its store, it reports no error and never answers.
 * Also deletes tables that a killed run was creating. They have no items, and dynalite would never make them ACTIVE.
 * @throws LevelDB's error when the store cannot be opened
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
