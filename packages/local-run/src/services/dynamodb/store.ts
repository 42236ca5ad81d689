/** The store that dynalite keeps tables in (LevelDB): its writes wait for the disk, and it is whole before dynalite opens it. */
import type { createRequire } from 'node:module';

interface Store {
  open(): Promise<void>;
  close(): Promise<void>;
  put(key: string, value: unknown, options?: object): Promise<void>;
  del(key: string, options?: object): Promise<void>;
  batch(operations: readonly object[], options?: object): Promise<void>;
  iterator(options: object): AsyncIterable<[key: string, value: unknown]>;
}

interface LevelModule {
  Level: new (path: string, options?: object) => Store;
}

/** @param requireOfDynalite finds the very package that dynalite will load */
export function levelOf(requireOfDynalite: ReturnType<typeof createRequire>): LevelModule {
  return requireOfDynalite('level') as LevelModule;
}

/**
 * Without it LevelDB hands a write to the operating system and says that it is done: a run that is killed loses nothing
 * so, but a machine that loses its power does. dynalite has no option for it, so it gets a store that does nothing else.
 */
export function writeThrough(module: LevelModule): void {
  const sync = { sync: true };
  module.Level = class extends module.Level {
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
 * Opens the store once before dynalite does, which is silent about one that does not open, and answers nothing then.
 * A table that was just being created when an earlier run was killed would be that for ever: it has no items, and goes.
 * @throws what LevelDB says
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
