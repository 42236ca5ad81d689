/** Threads are numbered as they begin. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** @returns the number of one that begins now, and ends */
export async function nextThreadId(): Promise<number> {
  const worker = new Worker('', { eval: true });
  const { threadId } = worker;
  await once(worker, 'exit');
  return threadId;
}
