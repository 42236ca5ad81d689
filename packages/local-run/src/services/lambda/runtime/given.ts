/** Waits until the thread, which may have been begun ahead, is told which instance it is. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Given, WorkerInput } from '../protocol';

/** Until then the thread does nothing at all. From here on its environment is that of the instance. */
export function given(): WorkerInput {
  Atomics.wait(new Int32Array(workerData as SharedArrayBuffer), 0, 0);
  // It was sent before the wait was ended.
  const received = parentPort && receiveMessageOnPort(parentPort);
  const { input, environment } = received?.message as Given;
  Object.assign(process.env, environment);
  return input;
}
