/** Finds the contract and the session of a stack, by the folder of its API. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../function/contract/api';
import { isHandler, routesOf } from '../../function/contract/model';
import { ROOT } from '../project';
import { contractSession } from './contract-session';
import type { Session } from './step';

/**
 * Returns the folder of an API: `function/<stack>` in this project, and the folder of the app for another app.
 * @param app absolute path of the folder with cdktf.json
 */
function apiFolder(stack: string, app: string): string {
  return app === ROOT ? path.join(ROOT, 'function', path.basename(stack)) : app;
}

/** Loads the contract of a stack. @returns undefined when the folder of the API has no contract with this name */
export async function contractOf(stack: string, app = ROOT): Promise<Api | undefined> {
  const exports = await load(path.join(apiFolder(stack, app), 'contract.ts'));
  return Object.values(exports).find((value): value is Api => (value as Partial<Api> | undefined)?.name === stack);
}

/**
 * Loads the session from `session.ts` beside the contract. Without that file, makes a session from the contract.
 * @returns undefined when there is no session.ts, and the API has handlers or no contract
 * @throws Error when session.ts does not export `session`
 */
export async function sessionOf(stack: string, app = ROOT): Promise<Session | undefined> {
  const file = sessionFile(stack, app);
  const { session } = await load(path.join(ROOT, file));
  if (typeof session === 'function') return session as Session;
  if (existsSync(path.join(ROOT, file))) throw new Error(`${file} must export a function named session.`);
  const contract = await contractOf(stack, app);
  return contract && handlersOf(contract).length === 0 ? contractSession(contract) : undefined;
}

/** Says which file to write for a stack without a session, and why. */
export async function missingSession(stack: string, app = ROOT): Promise<string> {
  const contract = await contractOf(stack, app);
  const file = sessionFile(stack, app);
  if (!contract) return `${stack} has no session. Write one in ${file}.`;
  const handlers = handlersOf(contract).join(', ');
  return `${stack} has no session. Write the steps of the handlers ${handlers} in ${file}: see "Smoke sessions" in docs/contract.md.`;
}

function handlersOf(api: Api): readonly string[] {
  return routesOf(api).flatMap(({ route }) => (isHandler(route) ? [route.handler] : []));
}

/** Returns the path of the session's file, relative to the project's folder. The file may not exist. */
function sessionFile(stack: string, app = ROOT): string {
  return path.relative(ROOT, path.join(apiFolder(stack, app), 'session.ts'));
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  return existsSync(file) ? ((await import(file)) as Readonly<Record<string, unknown>>) : {};
}
