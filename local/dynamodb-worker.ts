/** Runs dynalite in a thread of its own: it has bodies that it throws for, and they must not end the run. */
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type dynalite from 'dynalite';
import type { DynamodbData, DynamodbMessage } from './dynamodb';

const { requireFrom, path } = workerData as DynamodbData;
const send = (message: DynamodbMessage) => parentPort?.postMessage(message);

// The code of this thread is no file, from which a package could be looked for.
const create = createRequire(requireFrom)('dynalite') as typeof dynalite;
const server = create({ ...(path !== undefined && { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

// The request that it was thrown for gets no answer; the SDK gives it up. The tables stay.
process.on('uncaughtException', (error) => send({ kind: 'fault', message: error.stack ?? error.message }));

server.listen(0, '127.0.0.1', () => send({ kind: 'listening', port: (server.address() as AddressInfo).port }));

parentPort?.once('message', () => {
  server.close(() => send({ kind: 'closed' }));
  server.closeAllConnections();
});
