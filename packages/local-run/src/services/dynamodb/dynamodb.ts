/** DynamoDB for the local run, in a thread of its own: dynalite or a running DynamoDB, and the guard that functions call. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { DynamodbCall } from '../../model/dynamodb-call';
import { workerFile } from '../../package-root';
import { DataError } from './data-error';
import { createDataFolder } from './data-folder';
import { CallLog } from './guard/call-log';
import { type Caller, type Credentials, issueCredentials, newRunKey } from './guard/credentials';
import type { GuardRules } from './guard/rules';
import type { Message, Request, Store, WorkerInput } from './messages';

export interface Dynamodb {
  /** `http://127.0.0.1:<port>`, for the run itself: calls here bypass the guard. */
  readonly endpoint: string;
  /** Whether the tables are lost when the run ends. */
  readonly inMemory: boolean;
  /**
   * Starts the guard. Call it once.
   * @param onCall called with each call
   */
  startGuard(rules: GuardRules, onCall: (call: DynamodbCall) => void): Promise<GuardedDynamodb>;
  stop(): Promise<void>;
}

/** DynamoDB as functions see it: each call needs issued credentials, and the policies of the caller's role decide. */
export interface GuardedDynamodb {
  readonly endpoint: string;
  /** Issues new credentials for an execution environment. */
  issueCredentials(caller: Caller): Credentials;
  /** Takes the calls that an execution environment made since they were last taken. */
  takeCalls(accessKeyId: string): readonly DynamodbCall[];
  /** Resolves when the guard decides by these rules. */
  setRules(rules: GuardRules): Promise<void>;
}

/**
 * Starts dynalite.
 * @param data folder for the tables; undefined: in memory
 * @param onFault called with each exception that dynalite throws for a request
 * @throws DataError
 */
export async function startDynamodb(data: string | undefined, onFault: (text: string) => void): Promise<Dynamodb> {
  return startThread({ folder: data && createDataFolder(data) }, `--data ${data}`, onFault);
}

/** Uses a running DynamoDB. */
export function remoteDynamodb(endpoint: string, onFault: (text: string) => void): Promise<Dynamodb> {
  return startThread({ endpoint }, `--dynamodb-endpoint ${endpoint}`, onFault);
}

async function startThread(store: Store, option: string, onFault: (text: string) => void): Promise<Dynamodb> {
  const worker = new Worker(workerFile('dynamodb-worker'), {
    execArgv: [],
    workerData: { store } satisfies WorkerInput,
  });
  worker.on('message', (message: Message) => {
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
  const log = new CallLog(receivedCalls, onCall);
  const started = nextMessage(worker, ({ kind }) => kind === 'guardStarted');
  worker.postMessage({ kind: 'startGuard', runKey, rules, calls } satisfies Request, [calls]);
  let lastId = 0;
  return {
    endpoint: endpointOf(await started),
    issueCredentials: (caller) => issueCredentials(runKey, caller),
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

function post(worker: Worker, request: Request): void {
  worker.postMessage(request);
}

function endpointOf(message: Message): string {
  return 'endpoint' in message ? message.endpoint : '';
}

function hasExited(worker: Worker): boolean {
  return worker.threadId === -1;
}

/** The next message that matches. @throws Error when the thread ends first */
function nextMessage(worker: Worker, matches: (message: Message) => boolean): Promise<Message> {
  return new Promise((resolve, reject) => {
    const stopListening = () => void worker.off('message', onMessage).off('exit', onExit);
    const onMessage = (message: Message) => {
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
