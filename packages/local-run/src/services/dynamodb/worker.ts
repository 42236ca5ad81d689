/**
 * Entry point of the DynamoDB thread. dynalite throws uncaught exceptions for some request bodies; in a thread, they do not
 * end the run. The guard runs in the same thread, so it calls dynalite without a second connection.
 */
import type { Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type dynalite from 'dynalite';
import { localBackend } from './local/backend';
import { Dynalite } from './local/dynalite';
import { limitExpressions } from './local/expression-limits';
import { serveInternally } from './local/internal-server';
import { WriteBuffer } from './local/write-buffer';
import { remoteBackend } from './guard/remote-backend';
import { type Backend, createGuard, type Guard } from './guard/guard';
import type { WorkerInput, WorkerMessage, WorkerRequest } from './messages';
import { checkStore, levelModule, syncWrites } from './store';

/** The package that keeps dynalite's tables in memory. */
interface MemoryLevelModule {
  MemoryLevel: Parameters<WriteBuffer['extend']>[0];
}

const { store } = workerData as WorkerInput;
const requireHere = createRequire(__filename);
const send = (message: WorkerMessage) => parentPort?.postMessage(message);

// A request that made dynalite throw gets no response: the SDK retries it or gives up. The tables are unharmed.
process.on('uncaughtException', (error) => send({ kind: 'fault', message: error.stack ?? error.message }));

const servers: Server[] = [];

/** Starts the server on a free port of 127.0.0.1. @returns its endpoint */
function listen(server: Server): Promise<string> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

/** Starts dynalite, or prepares to forward to the endpoint. @returns undefined when the store cannot be opened */
async function startBackend(): Promise<Backend | undefined> {
  if ('endpoint' in store) {
    send({ kind: 'listening', endpoint: store.endpoint });
    return remoteBackend(store.endpoint);
  }
  const { folder } = store;
  const requireFromDynalite = createRequire(requireHere.resolve('dynalite'));
  const buffer = new WriteBuffer();
  try {
    if (folder !== undefined) {
      const level = levelModule(requireFromDynalite);
      syncWrites(level);
      await checkStore(level, folder);
      level.Level = buffer.extend(level.Level);
    } else {
      const memory = requireFromDynalite('memory-level') as MemoryLevelModule;
      memory.MemoryLevel = buffer.extend(memory.MemoryLevel);
    }
  } catch (error) {
    const cause = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    send({ kind: 'failed', locked: cause.code === 'LEVEL_LOCKED', message: cause.message });
    return undefined;
  }
  // Load dynalite after the changes to the modules that it requires.
  limitExpressions(requireFromDynalite);
  const createDynalite = requireHere('dynalite') as typeof dynalite;
  const options = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = createDynalite({ ...options, ...(folder !== undefined && { path: folder }) });
  const backend = localBackend(new Dynalite(server), buffer, (message) => send({ kind: 'fault', message }));
  const token = randomBytes(24).toString('base64url');
  serveInternally(server, token, backend);
  send({ kind: 'listening', endpoint: `${await listen(server)}/${token}` });
  return backend;
}

function startGuard(backend: Backend, request: Extract<WorkerRequest, { kind: 'startGuard' }>): Guard {
  const { runKey, rules, calls } = request;
  const guard = createGuard(runKey, rules, backend, (call) => calls.postMessage(call));
  void listen(guard.server).then((endpoint) => send({ kind: 'guardStarted', endpoint }));
  return guard;
}

/** Closes the servers, the guard first. dynalite closes its store when its server closes. */
async function close(): Promise<void> {
  for (const server of servers.reverse()) {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
  process.exit();
}

async function main(): Promise<void> {
  const backend = await startBackend();
  if (!backend) return;
  let guard: Guard | undefined;
  parentPort?.on('message', (request: WorkerRequest) => {
    switch (request.kind) {
      case 'startGuard':
        guard = startGuard(backend, request);
        break;
      case 'setRules':
        guard?.setRules(request.rules);
        send({ kind: 'rulesSet', id: request.id });
        break;
      case 'close':
        void close();
    }
  });
}

void main();
