/** Runs inside an instance: loads the handler from the unpacked archive and serves one invocation after another. */
import { parentPort } from 'node:worker_threads';
import { sharedNow } from '../../clock';
import { Receiver, Sender } from '../mail';
import { type Invocation, readInvocation, type Told, toldText } from '../protocol';
import { Turns } from '../turns';
import { logFormat, patchConsole } from './console';
import { contexts } from './context';
import { failureOf as failureIn, RuntimeError } from './failure';
import { type EventLoop, invokeHandler } from './invocation';
import { given } from './given';
import { type Handler, load } from './load';
import { redirectOutput } from './output';

const input = given();
const { port } = input;
const contextOf = contexts(input, process.env);
const turns = new Turns(input.turns);
const sender = new Sender(input.toPool, port);
let serving = false;
const receiver = new Receiver(input.toInstance, port, () => {
  if (!serving && handler) void serve(handler);
});
// A module that waits for what never comes ends its instance, as nothing else is left to do.
port.unref();

/** @param urgent false: the pool may take it together with what comes next */
const send = (told: Told, urgent = true) => sender.send(toldText(told), urgent);

const loop: EventLoop = { onEmpty: undefined };
/** Whether the answer under way came because the event loop was empty. */
let emptied = false;

let handler: Handler | undefined;
/** The invocation under way. */
let current: string | undefined;
/** The one that began last. */
let last: string | undefined;

const format = logFormat(process.env);
const failureOf = (thrown: unknown) => failureIn(thrown, format);

/** @returns the answer */
async function invoke(handler: Handler, { requestId, traceId, event }: Invocation): Promise<Told> {
  current = requestId;
  last = requestId;
  const began = sharedNow();
  // While the handler works, the port alone must not keep the event loop from being empty.
  port.unref();
  try {
    process.env['_X_AMZN_TRACE_ID'] = traceId;
    const result = await invokeHandler(handler, JSON.parse(event), contextOf(requestId), loop);
    return { kind: 'result', requestId, began, ended: sharedNow(), json: toJson(result) };
  } catch (error) {
    return { kind: 'error', requestId, began, ended: sharedNow(), failure: failureOf(error) };
  } finally {
    current = undefined;
    port.ref();
  }
}

/** Those that have come, while another one was under way for example. */
const texts: string[] = [];

/** Node's own, whatever the code puts in its place. */
const soon = setImmediate;

/**
 * In a turn of the event loop of its own: before it come ticks and rejections that the one before left, also when that one was
 * answered because the event loop was empty and the thread was about to end.
 */
function invokeSoon(handler: Handler, invocation: Invocation): Promise<Told> {
  return new Promise((resolve) => {
    soon(() => {
      emptied = false;
      resolve(invoke(handler, invocation));
    });
  });
}

async function serve(handler: Handler): Promise<void> {
  serving = true;
  let follows = emptied;
  do {
    for (let invocation = next(); invocation;) {
      const answer = await (follows ? invokeSoon : invoke)(handler, invocation);
      follows = true;
      // First, so that whoever gets the answer finds it begun.
      invocation = next();
      send(answer, !invocation);
    }
  } while (!receiver.sleep());
  serving = false;
}

function next(): Invocation | undefined {
  for (;;) {
    if (texts.length === 0) texts.push(...receiver.take());
    const text = texts.shift();
    if (text === undefined) return undefined;
    const [invocation, batch] = readInvocation(text);
    if (batch === undefined || turns.begin(batch)) return invocation;
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
  const write = redirectOutput((output) => send(output, false));
  patchConsole(
    process.env,
    (text) => write('console', text),
    () => last,
  );
  // A thread has the folder of the whole run: what is opened by a relative path is looked for in that one still.
  process.cwd = () => input.taskRoot;
  process.on('beforeExit', () => {
    emptied = true;
    loop.onEmpty?.();
  });
  process.on('uncaughtException', (error) => dieOf(error, 'Uncaught Exception'));
  process.on('unhandledRejection', (reason) => {
    const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
    if (reason instanceof Error) error.stack = reason.stack ?? '';
    Object.assign(error, { reason, promise: {} });
    dieOf(error, 'Unhandled Promise Rejection');
  });
  let loaded: Handler;
  try {
    loaded = await load(input);
  } catch (error) {
    send({ kind: 'init-error', failure: failureOf(error) });
    return;
  }
  handler = loaded;
  // Code that listens to it gets nothing, and does not keep the event loop from being empty.
  parentPort?.unref();
  port.ref();
  send({ kind: 'ready' });
  // The first one, too, begins in a turn of its own.
  soon(() => void serve(loaded));
}

void main();
