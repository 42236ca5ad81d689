/**
 * Starts the DynamoDB thread. The thread runs dynalite, or forwards calls to a running DynamoDB. It also runs the guard, which
 * receives the calls of functions and forwards the allowed calls.
 */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { DynamodbCall } from '../../model/dynamodb-call';
import { workerFile } from '../../package-root';
import { DataError } from './data-error';
import { createDataFolder } from './data-folder';
import { CallLog } from './guard/call-log';
import {
  type Caller,
  CallerDirectory,
  type Credentials,
  issueCredentials,
  type KnownCaller,
  newRunKey,
} from '../iam/credentials';
import type { GuardRules } from './guard/rules';
import type { Store, WorkerInput, WorkerMessage, WorkerRequest } from './messages';

export interface Dynamodb {
  /** For calls that the local run itself makes. They bypass the guard. Example: `http://127.0.0.1:8000`. */
  readonly endpoint: string;
  /** Whether the tables are lost when the run ends. */
  readonly inMemory: boolean;
  /**
   * Starts the guard. Call this method only once.
   * @param onCall called with each call that the guard receives
   */
  startGuard(rules: GuardRules, onCall: (call: DynamodbCall) => void): Promise<GuardedDynamodb>;
  stop(): Promise<void>;
}

/**
 * DynamoDB behind the guard, which functions call. A call needs credentials from `issueCredentials`. The policies of the
 * caller's role allow or deny it.
 */
export interface GuardedDynamodb {
  readonly endpoint: string;
  /** Issues new credentials for an execution environment. */
  issueCredentials(caller: Caller): Credentials;
  /** @returns undefined when this run did not issue the session token with this access key id */
  findCaller(accessKeyId: string, sessionToken: string): KnownCaller | undefined;
  /** Returns the calls that an execution environment made since the previous `takeCalls`, and forgets them. */
  takeCalls(accessKeyId: string): readonly DynamodbCall[];
  /** Replaces the rules. Resolves when the guard uses the new rules. */
  setRules(rules: GuardRules): Promise<void>;
}

/**
 * Starts dynalite.
 * @param data folder for the tables; undefined keeps the tables in memory
 * @param onFault called with each exception that dynalite throws for a request
 * @throws DataError when the folder cannot be created, or another run uses it
 */
export async function startDynamodb(data: string | undefined, onFault: (text: string) => void): Promise<Dynamodb> {
  return startThread({ folder: data && createDataFolder(data) }, `--data ${data}`, onFault);
}

/** Uses the running DynamoDB at the endpoint in place of dynalite. */
export function remoteDynamodb(endpoint: string, onFault: (text: string) => void): Promise<Dynamodb> {
  return startThread({ endpoint }, `--dynamodb-endpoint ${endpoint}`, onFault);
}

async function startThread(store: Store, option: string, onFault: (text: string) => void): Promise<Dynamodb> {
  const worker = new Worker(workerFile('dynamodb-worker'), {
    execArgv: [],
    workerData: { store } satisfies WorkerInput,
  });
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'fault') onFault(message.message);
  });
  worker.on('error', (error) => onFault(error.stack ?? error.message));
  const started = await nextMessage(worker, ({ kind }) => kind === 'listening' || kind === 'failed');
  if (started.kind === 'failed') {
    await worker.terminate();
    const problem = started.locked
      ? 'another run uses this folder. Stop that run or choose another folder.'
      : started.message;
    throw new DataError(`${option}: ${problem}`);
  }
  return {
    endpoint: endpointOf(started),
    inMemory: 'folder' in store && store.folder === undefined,
    startGuard: (rules, onCall) => startGuard(worker, rules, onCall),
    stop: async () => {
      if (hasExited(worker)) return;
      const exit = new Promise((resolve) => worker.once('exit', resolve));
      post(worker, { kind: 'close' });
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
  const { port1: receivedCalls, port2: calls } = new MessageChannel();
  const callers = new CallerDirectory(runKey);
  const log = new CallLog(receivedCalls, onCall);
  const started = nextMessage(worker, ({ kind }) => kind === 'guardStarted');
  worker.postMessage({ kind: 'startGuard', runKey, rules, calls } satisfies WorkerRequest, [calls]);
  let lastId = 0;
  return {
    endpoint: endpointOf(await started),
    issueCredentials: (caller) => issueCredentials(runKey, caller),
    findCaller: (accessKeyId, sessionToken) => callers.find(accessKeyId, sessionToken),
    takeCalls: (accessKeyId) => log.take(accessKeyId),
    setRules: async (changed) => {
      lastId += 1;
      const id = lastId;
      const set = nextMessage(worker, (message) => message.kind === 'rulesSet' && message.id === id);
      post(worker, { kind: 'setRules', id, rules: changed });
      await set;
    },
  };
}

function post(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request);
}

function endpointOf(message: WorkerMessage): string {
  return 'endpoint' in message ? message.endpoint : '';
}

function hasExited(worker: Worker): boolean {
  return worker.threadId === -1;
}

/** Waits for the next message that matches. @throws Error when the thread ends before this message */
function nextMessage(worker: Worker, matches: (message: WorkerMessage) => boolean): Promise<WorkerMessage> {
  return new Promise((resolve, reject) => {
    const stopListening = () => void worker.off('message', onMessage).off('exit', onExit);
    const onMessage = (message: WorkerMessage) => {
      if (!matches(message)) return;
      stopListening();
      resolve(message);
    };
    const onExit = () => {
      stopListening();
      reject(new Error('The DynamoDB thread has ended.'));
    };
    if (hasExited(worker)) return onExit();
    worker.on('message', onMessage).on('exit', onExit);
  });
}
