/** Runs dynalite in a thread of its own: it has bodies that it throws for, and they must not end the run. */
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type dynalite from 'dynalite';
import type { DynamodbData, DynamodbMessage } from './dynamodb';

interface Store {
  open(): Promise<void>;
  close(): Promise<void>;
}

const { requireFrom, path } = workerData as DynamodbData;
const send = (message: DynamodbMessage) => parentPort?.postMessage(message);

// The code of this thread is no file, from which a package could be looked for.
const require_ = createRequire(requireFrom);

// The request that it was thrown for gets no answer; the SDK gives it up. The tables stay.
process.on('uncaughtException', (error) => send({ kind: 'fault', message: error.stack ?? error.message }));

/** dynalite is silent about a store that does not open, and answers nothing then; so it is opened once before. */
async function tryStore(folder: string): Promise<void> {
  const { Level } = createRequire(require_.resolve('dynalite'))('level') as { Level: new (path: string) => Store };
  const store = new Level(folder);
  await store.open();
  await store.close();
}

async function main(): Promise<void> {
  try {
    if (path !== undefined) await tryStore(path);
  } catch (error) {
    const cause = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    send({ kind: 'failed', locked: cause.code === 'LEVEL_LOCKED', message: cause.message });
    return;
  }
  const create = require_('dynalite') as typeof dynalite;
  const server = create({ ...(path !== undefined && { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1', () => send({ kind: 'listening', port: (server.address() as AddressInfo).port }));
  parentPort?.once('message', () => {
    server.close(() => send({ kind: 'closed' }));
    server.closeAllConnections();
  });
}

void main();
