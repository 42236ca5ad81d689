/** Runs inside an instance: loads the handler from the unpacked archive and serves one invocation after another. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { contextOf } from './context';
import type { Failure, InstanceData, InstanceMessage, InvokeMessage } from './protocol';

type Callback = (error: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: unknown, callback: Callback) => unknown;

const send = (message: InstanceMessage) => parentPort?.postMessage(message);

class RuntimeError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/** Finds `index.handler` as Lambda does: index.js, index.mjs or index.cjs below the task root. */
async function load({ taskRoot, handler }: InstanceData): Promise<Handler> {
  const { dir, base } = path.parse(handler);
  const [module = '', ...exported] = base.split('.');
  const file = ['.js', '.mjs', '.cjs']
    .map((ending) => path.join(taskRoot, dir, module + ending))
    .find((candidate) => existsSync(candidate));
  if (!file)
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${path.join(dir, module)}'`);
  let value: unknown = await loadModule(file);
  for (const name of exported) value = (value as Record<string, unknown> | undefined)?.[name];
  if (typeof value === 'function') return value as Handler;
  throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
}

async function loadModule(file: string): Promise<unknown> {
  try {
    return file.endsWith('.mjs') ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    const { code } = error as { code?: unknown };
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${(error as Error).message}`);
    }
    throw error;
  }
}

/** A handler answers by its promise, by a returned value where it takes no callback, or by its callback. */
function call(handler: Handler, event: unknown, context: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const result = handler(event, context, (error, value) => {
      if (error === undefined || error === null) resolve(value);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- reported as it was given
      else reject(error);
    });
    if (typeof (result as { then?: unknown } | undefined)?.then === 'function') resolve(result);
    else if (handler.length < 3) resolve(result);
  });
}

async function invoke(handler: Handler, message: InvokeMessage): Promise<void> {
  const { requestId } = message;
  try {
    process.env['_X_AMZN_TRACE_ID'] = message.traceId;
    const result = await call(handler, JSON.parse(message.event), contextOf(message, process.env));
    send({ kind: 'result', requestId, json: toJson(result) });
  } catch (error) {
    send({ kind: 'error', requestId, failure: failureOf(error) });
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

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

async function main(): Promise<void> {
  let handler: Handler;
  try {
    handler = await load(workerData as InstanceData);
  } catch (error) {
    send({ kind: 'init-error', failure: failureOf(error) });
    return;
  }
  parentPort?.on('message', (message: InvokeMessage) => void invoke(handler, message));
  send({ kind: 'ready' });
}

void main();
