/** Loads the handler from the task root, as Lambda's Node.js runtime does. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findHandlerFile } from '../handler-file';
import type { WorkerInput } from '../worker-messages';
import { RuntimeError } from './failure';
import { missingSdkHint } from './missing-sdk';
import { runtimeMajor } from './runtime-major';

export type Callback = (error: unknown, result?: unknown) => void;
export type Handler = (event: unknown, context: unknown, callback: Callback) => unknown;

/**
 * Loads a handler. For `index.handler`, looks for index.js, index.mjs and index.cjs, in this order.
 * @throws RuntimeError when the handler cannot be loaded; any error that the module throws
 */
export async function loadHandler({ taskRoot, handler }: Pick<WorkerInput, 'taskRoot' | 'handler'>): Promise<Handler> {
  const { dir, base } = path.parse(handler);
  const [module = '', ...exported] = base.split('.');
  if (handler.includes('..') || exported.length === 0) {
    throw new RuntimeError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name.`);
  }
  const file = findHandlerFile(taskRoot, handler);
  if (!file)
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${path.join(dir, module)}'`);
  let value: unknown = await loadModule(file);
  for (const name of exported) value = (value as Record<string, unknown> | undefined)?.[name];
  if (typeof value === 'function') {
    checkParameters(value as Handler);
    return value as Handler;
  }
  throw new RuntimeError(
    'Runtime.HandlerNotFound',
    `${handler} is ${value ? 'not a function' : 'undefined or not exported'}`,
  );
}

/** From nodejs24.x on, the runtime refuses a handler with a callback: it counts the parameters, even of an async handler. */
function checkParameters(handler: Handler): void {
  if (handler.length < 3 || runtimeMajor() < 24) return;
  throw new RuntimeError(
    'Runtime.CallbackHandlerDeprecated',
    'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
      'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
      'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
  );
}

async function loadModule(file: string): Promise<unknown> {
  try {
    return file.endsWith('.mjs') ? await importFile(file) : await requireFile(file);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    const { code } = error as { code?: unknown };
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
      const { message } = error as Error;
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${message}${missingSdkHint(message)}`);
    }
    throw error;
  }
}

function importFile(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href) as Promise<unknown>;
}

/**
 * Requires a file. If Node.js cannot require it, imports it: for example an ES module with top-level await, in a package with
 * `"type": "module"`.
 */
function requireFile(file: string): unknown {
  try {
    return createRequire(file)(file);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ERR_REQUIRE_ASYNC_MODULE' || code === 'ERR_REQUIRE_ESM') return importFile(file);
    throw error;
  }
}
