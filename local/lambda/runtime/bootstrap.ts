/** Runs inside an instance: loads the handler from the unpacked archive and serves one invocation after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { sharedNow } from '../../clock';
import type { InstanceMessage, InvokeMessage, WorkerInput } from '../protocol';
import { Turn } from '../turn';
import { contextOf } from './context';
import { failureOf, RuntimeError } from './failure';
import { type EventLoop, invokeHandler } from './invocation';
import { type Handler, load } from './load';
import { redirectOutput } from './output';

const send = (message: InstanceMessage) => parentPort?.postMessage(message);

const loop: EventLoop = { onEmpty: undefined };
/** Whether the answer under way came because the event loop was empty. */
let emptied = false;

/** The invocation under way. */
let current: string | undefined;

/** @returns the answer */
async function invoke(handler: Handler, message: InvokeMessage): Promise<InstanceMessage> {
  const { requestId } = message;
  current = requestId;
  // While the handler works, the port alone must not keep the event loop from being empty.
  parentPort?.unref();
  try {
    process.env['_X_AMZN_TRACE_ID'] = message.traceId;
    const result = await invokeHandler(handler, JSON.parse(message.event), contextOf(message, process.env), loop);
    return { kind: 'result', requestId, ended: sharedNow(), json: toJson(result) };
  } catch (error) {
    return { kind: 'error', requestId, ended: sharedNow(), failure: failureOf(error) };
  } finally {
    current = undefined;
    parentPort?.ref();
  }
}

/** Those that have come, while another one was under way for example. */
const messages: InvokeMessage[] = [];
let serving = false;

async function serve(handler: Handler, turn: Turn): Promise<void> {
  serving = true;
  for (let message = nextOf(turn); message;) {
    const answer = await invoke(handler, message);
    // First, so that whoever gets the answer finds it begun.
    message = nextOf(turn);
    send(answer);
    // The thread is about to end, and its event loop would not be seen to be empty once more.
    if (message && emptied) await new Promise((resolve) => setImmediate(resolve));
    emptied = false;
  }
  serving = false;
}

function nextOf(turn: Turn): InvokeMessage | undefined {
  for (;;) {
    const next = messages.shift();
    if (next?.turn === undefined || turn.begin(next.turn)) return next;
  }
}

function toJson(result: unknown): string {
  try {
    // Within an array, what JSON has no word for becomes null.
    return JSON.stringify([result]).slice(1, -1);
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${(error as Error).message}`);
  }
}

/** The runtime reports the error and ends; 129 and 128 are its statuses (aws-lambda-nodejs-runtime-interface-client, src/index.mjs). */
function dieOf(error: unknown, cause: 'Uncaught Exception' | 'Unhandled Promise Rejection'): void {
  send({ kind: 'fatal', cause, requestId: current, failure: failureOf(error) });
  process.exit(cause === 'Uncaught Exception' ? 129 : 128);
}

async function main(): Promise<void> {
  const input = workerData as WorkerInput;
  redirectOutput(send, input.unread);
  process.on('beforeExit', () => {
    emptied = true;
    loop.onEmpty?.();
  });
  process.on('uncaughtException', (error) => dieOf(error, 'Uncaught Exception'));
  process.on('unhandledRejection', (reason) => {
    const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
    if (reason instanceof Error) error.stack = reason.stack ?? '';
    dieOf(error, 'Unhandled Promise Rejection');
  });
  let handler: Handler;
  try {
    handler = await load(input);
  } catch (error) {
    send({ kind: 'init-error', failure: failureOf(error) });
    return;
  }
  const turn = new Turn(input.turn);
  parentPort?.on('message', (message: InvokeMessage) => {
    messages.push(message);
    if (!serving) void serve(handler, turn);
  });
  send({ kind: 'ready' });
}

void main();
