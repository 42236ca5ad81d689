/** Loads the handler from the task root, as Lambda's Node.js runtime does. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findHandlerFile } from '../handler-file';
import type { WorkerInput } from '../worker-messages';
import { RuntimeError } from './failure';
import { missingSdkHint } from './missing-sdk';

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
  if (typeof value === 'function') return value as Handler;
  throw new RuntimeError(
    'Runtime.HandlerNotFound',
    `${handler} is ${value ? 'not a function' : 'undefined or not exported'}`,
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
