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
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'closed' };

export interface Dynamodb {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * @param data folder that keeps the tables; undefined: they are in memory
 * @param onFault gets what dynalite throws for a request
 */
export async function startDynamodb(data: string | undefined, onFault: (text: string) => void): Promise<Dynamodb> {
  const folder = data === undefined ? undefined : path.resolve(data);
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const worker = new Worker(workerSource(path.join(__dirname, 'dynamodb-worker.ts')), {
    eval: true,
    execArgv: [],
    workerData: { requireFrom: __filename, path: folder } satisfies DynamodbData,
  });
  worker.on('message', (message: DynamodbMessage) => {
    if (message.kind === 'fault') onFault(message.message);
  });
  const { port } = await received(worker, 'listening');
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    stop: async () => {
      const closed = received(worker, 'closed');
      worker.postMessage('close');
      await closed;
      await worker.terminate();
    },
  };
}

function received<K extends DynamodbMessage['kind']>(
  worker: Worker,
  kind: K,
): Promise<Extract<DynamodbMessage, { kind: K }>> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (message: DynamodbMessage) => {
      if (message.kind === kind) resolve(message as Extract<DynamodbMessage, { kind: K }>);
    });
  });
}
