/** Entry point of an instance's thread. Loads the handler from the unpacked archive, and serves one invocation at a time. */
import { constants } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { OutputLimit } from '../output-limit';
import type { Answer, InvocationMessage, WorkerInput, WorkerMessage } from '../worker-messages';
import { logFormat, patchConsole } from './console';
import { createContextFactory } from './context';
import { toFailure, RuntimeError } from './failure';
import { type EventLoop, invokeHandler } from './invocation';
import { type Handler, loadHandler } from './load';
import { redirectOutput } from './output';
import { checkTimeZone, refuseProcessFeatures } from './thread-limits';

const input = takeInput();
const { port } = input;
const send = (message: WorkerMessage) => port.postMessage(message);
const createContext = createContextFactory(input, process.env);
const format = logFormat(process.env);
const loop: EventLoop = { onEmpty: undefined };

let currentRequestId: string | undefined;
/** Request id of the latest invocation. Output after its answer still belongs to it. */
let lastRequestId: string | undefined;

/** Empties workerData: the function's code must not reach the port, which carries its results to the pool. */
function takeInput(): WorkerInput {
  const taken = { ...(workerData as WorkerInput) };
  for (const name of Object.keys(taken)) Reflect.deleteProperty(workerData as object, name);
  return taken;
}

async function invoke(handler: Handler, message: InvocationMessage): Promise<Answer> {
  const { requestId, traceId, event, qualifier } = message;
  currentRequestId = requestId;
  lastRequestId = requestId;
  const startedAt = performance.now();
  // While the handler runs, the port must not keep the event loop alive.
  port.unref();
  try {
    process.env['_X_AMZN_TRACE_ID'] = traceId;
    const json = toJson(await invokeHandler(handler, JSON.parse(event), createContext(requestId, qualifier), loop));
    checkTimeZone(process.env);
    return { kind: 'result', requestId, json, durationMs: performance.now() - startedAt };
  } catch (error) {
    return { kind: 'error', requestId, failure: toFailure(error, format), durationMs: performance.now() - startedAt };
  } finally {
    currentRequestId = undefined;
    port.ref();
  }
}

function toJson(result: unknown): string {
  try {
    // In an array, JSON.stringify replaces undefined and functions by null.
    return JSON.stringify([result]).slice(1, -1);
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${(error as Error).message}`);
  }
}

/**
 * Reports the error and ends the thread. 129 and 128 are the exit codes of Lambda's runtime
 * (aws-lambda-nodejs-runtime-interface-client, src/index.mjs).
 */
function crash(error: unknown, cause: 'Uncaught Exception' | 'Unhandled Promise Rejection'): void {
  send({ kind: 'fatal', cause, requestId: currentRequestId, failure: toFailure(error, format) });
  process.exit(cause === 'Uncaught Exception' ? 129 : 128);
}

const killProcess = process.kill.bind(process);

/**
 * Replaces process.kill. On Lambda, a signal of the function to its process ends the instance, and Lambda reports
 * `Runtime.ExitError` with the signal (aws-lambda-runtime-interface-emulator, ProcessTermination). Here, the process is the whole
 * run, so only this thread ends. A thread cannot report a signal. Its exit status is 128 + signal, as in a shell.
 */
function kill(pid: number, signal: NodeJS.Signals | number = 'SIGTERM'): true {
  const number = typeof signal === 'number' ? signal : constants.signals[signal];
  // Process 0 is the own process group. Signal 0 only checks whether the process exists.
  const isOwn = pid === 0 || Math.abs(pid) === process.pid;
  return isOwn && number ? process.exit(128 + number) : killProcess(pid, signal);
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
  // Threads share the working directory of the process, so only process.cwd() changes. `fs` still resolves relative paths
  // against the directory of the process.
  process.cwd = () => input.taskRoot;
  process.kill = kill;
  refuseProcessFeatures();
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
    checkTimeZone(process.env);
  } catch (error) {
    send({ kind: 'init-error', failure: toFailure(error, format) });
    return;
  }
  // The function's code may have added a listener to parentPort. It must not keep the event loop alive.
  parentPort?.unref();
  // From now on, this listener keeps the thread alive. Until now, a top-level await that never settles ended the thread.
  port.on('message', (invocation: InvocationMessage) => void invoke(handler, invocation).then(send));
  send({ kind: 'ready' });
}

void main();
