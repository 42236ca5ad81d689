/** DynamoDB on this machine (dynalite, which speaks its wire protocol, or one that runs already), and a guard before it. */
import { on, once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { DynamodbCall } from '../../model/dynamodb-call';
import { workerFile } from '../../package-root';
import { type CallChannel, CallLog } from './guard/call-log';
import type { GuardRules } from './guard/guard';
import { type Credentials, issue, newRunKey, type Session } from './guard/session';
import { SharedTexts } from '../lambda/shared-texts';

export interface DynamodbData {
  /** dynalite's folder, undefined: in memory; or the address of a DynamoDB that runs already. */
  readonly store: { readonly path: string | undefined } | { readonly endpoint: string };
}

export type DynamodbRequest =
  | { readonly kind: 'guard'; readonly runKey: string; readonly rules: GuardRules; readonly calls: CallChannel }
  | { readonly kind: 'rules'; readonly number: number; readonly rules: GuardRules }
  | { readonly kind: 'close' };

export type DynamodbMessage =
  | { readonly kind: 'listening'; readonly endpoint: string }
  | { readonly kind: 'failed'; readonly locked: boolean; readonly message: string }
  | { readonly kind: 'guarding'; readonly endpoint: string }
  /** The rules of this number. */
  | { readonly kind: 'applied'; readonly number: number }
  | { readonly kind: 'fault'; readonly message: string };

/** The door for functions: every call needs credentials that were issued here, and is decided by its role's policies. */
export interface GuardedDynamodb {
  readonly endpoint: string;
  /** Credentials of an instance, others at every call. */
  issue(caller: Omit<Session, 'accessKeyId'>): Credentials;
  /**
   * The calls that these credentials made since they were last taken.
   * @param until those that came later stay; in ms by the clock that threads share
   */
  take(accessKeyId: string, until?: number): readonly DynamodbCall[];
  /** Later calls are decided by other rules: the stacks have changed. */
  apply(rules: GuardRules): Promise<void>;
}

export interface Dynamodb {
  /** The door for the run itself, where nothing is checked: `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** Whether the tables end with it. */
  readonly inMemory: boolean;
  /**
   * Opens the door for functions; once.
   * @param onCall gets each call
   */
  guard(rules: GuardRules, onCall: (call: DynamodbCall) => void): Promise<GuardedDynamodb>;
  stop(): Promise<void>;
}

/** The folder of the tables cannot be used. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/**
 * @param data folder that keeps the tables; undefined: they are in memory
 * @param onFault gets what dynalite throws for a request
 * @throws DataError
 */
export async function startDynamodb(data: string | undefined, onFault: (text: string) => void): Promise<Dynamodb> {
  return startThread({ path: data && createFolder(data) }, `--data ${data}`, onFault);
}

/** @param endpoint a DynamoDB that runs already */
export function remoteDynamodb(endpoint: string, onFault: (text: string) => void): Promise<Dynamodb> {
  return startThread({ endpoint }, `--dynamodb-endpoint ${endpoint}`, onFault);
}

async function startThread(
  store: DynamodbData['store'],
  option: string,
  onFault: (text: string) => void,
): Promise<Dynamodb> {
  const worker = new Worker(workerFile('dynamodb-worker'), {
    execArgv: [],
    workerData: { store } satisfies DynamodbData,
  });
  worker.on('message', (message: DynamodbMessage) => {
    if (message.kind === 'fault') onFault(message.message);
  });
  worker.on('error', (error) => onFault(error.stack ?? error.message));
  const started = await received(worker, 'listening', 'failed');
  if (started.kind === 'failed') {
    await worker.terminate();
    const why = started.locked ? 'another run uses this folder. End it, or give another one.' : started.message;
    throw new DataError(`${option}: ${why}`);
  }
  return {
    endpoint: started.endpoint,
    inMemory: 'path' in store && store.path === undefined,
    guard: (rules, onCall) => startGuard(worker, rules, onCall),
    stop: async () => {
      // A thread that has ended already has nothing left to close.
      if (worker.threadId === -1) return;
      const exit = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage({ kind: 'close' } satisfies DynamodbRequest);
      await exit;
    },
  };
}

async function startGuard(
  worker: Worker,
  rules: GuardRules,
  onCall: (call: DynamodbCall) => void,
): Promise<GuardedDynamodb> {
  const runKey = newRunKey();
  const { port1, port2 } = new MessageChannel();
  const { shared } = new SharedTexts();
  const log = new CallLog({ port: port1, shared }, onCall);
  const guarding = received(worker, 'guarding');
  const calls = { port: port2, shared };
  worker.postMessage({ kind: 'guard', runKey, rules, calls } satisfies DynamodbRequest, [port2]);
  const { endpoint } = await guarding;
  let changes = 0;
  return {
    endpoint,
    issue: (caller) => issue(runKey, caller),
    take: (accessKeyId, until) => log.take(accessKeyId, until),
    apply: async (changed) => {
      changes += 1;
      const number = changes;
      const applied = receivedWhere(worker, (message) => message.kind === 'applied' && message.number === number);
      worker.postMessage({ kind: 'rules', number, rules: changed } satisfies DynamodbRequest);
      await applied;
    },
  };
}

function createFolder(data: string): string {
  const folder = path.resolve(data);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new DataError(
      `--data ${data}: it is no folder, and none can be made there (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  return folder;
}

/** One after the other: where the system makes none, as in /proc, Node.js 20 tries to make all at once without end. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}

/** The first message of one of these kinds. */
async function received<K extends DynamodbMessage['kind']>(
  worker: Worker,
  ...kinds: readonly K[]
): Promise<Extract<DynamodbMessage, { kind: K }>> {
  const message = await receivedWhere(worker, ({ kind }) => (kinds as readonly string[]).includes(kind));
  return message as Extract<DynamodbMessage, { kind: K }>;
}

/** @throws Error when the thread ends before */
async function receivedWhere(worker: Worker, isIt: (message: DynamodbMessage) => boolean): Promise<DynamodbMessage> {
  if (worker.threadId === -1) throw new Error('The thread of DynamoDB has ended');
  const over = new AbortController();
  const exit = once(worker, 'exit', { signal: over.signal }).then(() => {
    throw new Error('The thread of DynamoDB has ended');
  });
  const found = (async () => {
    for await (const [message] of on(worker, 'message', { signal: over.signal }) as AsyncIterable<[DynamodbMessage]>) {
      if (isIt(message)) return message;
    }
    throw new Error('The thread of DynamoDB is silent');
  })();
  try {
    return await Promise.race([found, exit]);
  } finally {
    exit.catch(() => undefined);
    found.catch(() => undefined);
    over.abort();
  }
}
