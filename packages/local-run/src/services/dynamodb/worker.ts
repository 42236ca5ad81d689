/**
 * Runs dynalite in a thread of its own: it has bodies that it throws for, and they must not end the run. In the same
 * thread is the guard, on a port of its own, that functions call; the run itself calls dynalite.
 */
import type crypto from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type dynalite from 'dynalite';
import type { DynamodbData, DynamodbMessage, DynamodbRequest } from './dynamodb';
import { poolRandomBytes } from './random';
import { checkStore, levelOf, writeThrough } from './store';
import { behind, remote } from './guard/backends';
import { CallReports } from './guard/call-log';
import { type Backend, Guard } from './guard/guard';

/** The SDK keeps its connections; one that the guard closes just when a call comes would cost a retry. */
const KEEP_ALIVE_MS = 120_000;

const { store } = workerData as DynamodbData;
const send = (message: DynamodbMessage) => parentPort?.postMessage(message);

const require_ = createRequire(__filename);

// The request that it was thrown for gets no answer; the SDK gives it up. The tables stay.
process.on('uncaughtException', (error) => send({ kind: 'fault', message: error.stack ?? error.message }));

const servers: Server[] = [];
let guard: Guard | undefined;

function listen(server: Server): Promise<number> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** @returns what answers the calls that the guard lets through; undefined when the store cannot be used */
async function open(): Promise<Backend | undefined> {
  if ('endpoint' in store) {
    send({ kind: 'listening', endpoint: store.endpoint });
    return remote(store.endpoint);
  }
  const { path } = store;
  try {
    if (path !== undefined) {
      const level = levelOf(createRequire(require_.resolve('dynalite')));
      writeThrough(level);
      await checkStore(level, path);
    }
  } catch (error) {
    const cause = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    send({ kind: 'failed', locked: cause.code === 'LEVEL_LOCKED', message: cause.message });
    return undefined;
  }
  poolRandomBytes(require_('node:crypto') as typeof crypto);
  const create = require_('dynalite') as typeof dynalite;
  const server = create({ ...(path !== undefined && { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  send({ kind: 'listening', endpoint: `http://127.0.0.1:${await listen(server)}` });
  return behind(server);
}

async function startGuard(
  backend: Backend,
  { runKey, rules, calls }: Extract<DynamodbRequest, { kind: 'guard' }>,
): Promise<void> {
  const reports = new CallReports(calls);
  guard = new Guard(runKey, backend, (call) => reports.add(call));
  guard.apply(rules);
  const server = createServer(guard.listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  send({ kind: 'guarding', endpoint: `http://127.0.0.1:${await listen(server)}` });
}

async function close(): Promise<void> {
  // The guard first: dynalite closes its store at the end.
  for (const server of servers.reverse()) {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
  // Sooner than the thread that waits for it would end it, and what was loaded is kept.
  process.exit();
}

async function main(): Promise<void> {
  const backend = await open();
  if (!backend) return;
  parentPort?.on('message', (message: DynamodbRequest) => {
    if (message.kind === 'guard') void startGuard(backend, message);
    else if (message.kind === 'rules') {
      guard?.apply(message.rules);
      send({ kind: 'applied', number: message.number });
    } else void close();
  });
}

void main();
