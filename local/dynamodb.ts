/** DynamoDB on this machine: dynalite, which speaks its wire protocol, in a thread of this process. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { workerSource } from './worker-source';

export interface DynamodbData {
  /** A file of this project, from which its packages are found. */
  readonly requireFrom: string;
  readonly path: string | undefined;
}

export type DynamodbMessage =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly locked: boolean; readonly message: string }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'closed' };

export interface Dynamodb {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
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
  const worker = new Worker(workerSource(path.join(__dirname, 'dynamodb-worker.ts')), {
    eval: true,
    execArgv: [],
    workerData: { requireFrom: __filename, path: data && createFolder(data) } satisfies DynamodbData,
  });
  worker.on('message', (message: DynamodbMessage) => {
    if (message.kind === 'fault') onFault(message.message);
  });
  worker.on('error', (error) => onFault(error.stack ?? error.message));
  const started = await received(worker, 'listening', 'failed');
  if (started.kind === 'failed') {
    await worker.terminate();
    const why = started.locked ? 'another run uses this folder. End it, or give another one.' : started.message;
    throw new DataError(`--data ${data}: ${why}`);
  }
  return {
    endpoint: `http://127.0.0.1:${started.port}`,
    stop: async () => {
      worker.postMessage('close');
      // A thread that has ended already has nothing left to close.
      await received(worker, 'closed').catch(() => undefined);
      await worker.terminate();
    },
  };
}

function createFolder(data: string): string {
  const folder = path.resolve(data);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new DataError(
      `--data ${data}: it is no folder, and none can be made there (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  return folder;
}

/** The first message of one of these kinds. */
function received<K extends DynamodbMessage['kind']>(
  worker: Worker,
  ...kinds: readonly K[]
): Promise<Extract<DynamodbMessage, { kind: K }>> {
  return new Promise((resolve, reject) => {
    if (worker.threadId === -1) reject(new Error('The thread of DynamoDB has ended'));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread of DynamoDB has ended')));
    worker.on('message', (message: DynamodbMessage) => {
      if ((kinds as readonly string[]).includes(message.kind))
        resolve(message as Extract<DynamodbMessage, { kind: K }>);
    });
  });
}
