/** Entry point of an instance's thread: loads the handler from the unpacked archive and serves one invocation after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { OutputLimit } from '../output-limit';
import type { Answer, Invocation, WorkerInput, WorkerMessage } from '../worker-messages';
import { logFormat, patchConsole } from './console';
import { createContextFactory } from './context';
import { toFailure, RuntimeError } from './failure';
import { type EventLoop, invokeHandler } from './invocation';
import { type Handler, loadHandler } from './load';
import { redirectOutput } from './output';

const input = workerData as WorkerInput;
const { port } = input;
const send = (message: WorkerMessage) => port.postMessage(message);
const createContext = createContextFactory(input, process.env);
const format = logFormat(process.env);
const loop: EventLoop = { onEmpty: undefined };

let currentRequestId: string | undefined;
/** The invocation that began last. */
let lastRequestId: string | undefined;

async function invoke(handler: Handler, { requestId, traceId, event }: Invocation): Promise<Answer> {
  currentRequestId = requestId;
  lastRequestId = requestId;
  const began = performance.now();
  // While the handler runs, the port must not keep the event loop alive.
  port.unref();
  try {
    process.env['_X_AMZN_TRACE_ID'] = traceId;
    const json = toJson(await invokeHandler(handler, JSON.parse(event), createContext(requestId), loop));
    return { kind: 'result', requestId, json, durationMs: performance.now() - began };
  } catch (error) {
    return { kind: 'error', requestId, failure: toFailure(error, format), durationMs: performance.now() - began };
  } finally {
    currentRequestId = undefined;
    port.ref();
  }
}

function toJson(result: unknown): string {
  try {
    // Inside an array, a value that JSON cannot represent becomes null.
    return JSON.stringify([result]).slice(1, -1);
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${(error as Error).message}`);
  }
}

/** Reports the error and ends the thread, with the runtime's exit codes 129 and 128 (aws-lambda-nodejs-runtime-interface-client, src/index.mjs). */
function crash(error: unknown, cause: 'Uncaught Exception' | 'Unhandled Promise Rejection'): void {
  send({ kind: 'fatal', cause, requestId: currentRequestId, failure: toFailure(error, format) });
  process.exit(cause === 'Uncaught Exception' ? 129 : 128);
}

function prepareProcess(): void {
  const outputLimit = new OutputLimit(input.outputLimit);
  const write = redirectOutput((stream, text) => {
    send({ kind: 'output', stream, text, requestId: lastRequestId });
    outputLimit.countSent(text.length);
  });
  patchConsole(
    process.env,
    (text) => write('console', text),
    () => lastRequestId,
  );
  // Threads share the working directory of the process. `fs` still resolves relative paths against that directory.
  process.cwd = () => input.taskRoot;
  process.on('beforeExit', () => loop.onEmpty?.());
  process.on('uncaughtException', (error) => crash(error, 'Uncaught Exception'));
  process.on('unhandledRejection', (reason) => {
    const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
    if (reason instanceof Error) error.stack = reason.stack ?? '';
    Object.assign(error, { reason, promise: {} });
    crash(error, 'Unhandled Promise Rejection');
  });
}

async function main(): Promise<void> {
  prepareProcess();
  let handler: Handler;
  try {
    handler = await loadHandler(input);
  } catch (error) {
    send({ kind: 'init-error', failure: toFailure(error, format) });
    return;
  }
  // A listener that the code added to parentPort receives no messages. It must not keep the event loop alive.
  parentPort?.unref();
  // From here, this listener keeps the thread alive. Before, a module with a promise that never settles ends its thread.
  port.on('message', (invocation: Invocation) => void invoke(handler, invocation).then(send));
  send({ kind: 'ready' });
}

void main();
