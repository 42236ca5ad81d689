/** Finds the entry of an API's function: a file that its author wrote, or source code generated from the contract. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ContractFault } from '../constructs/contract-check/contract-error';
import { generatedEntry } from '../constructs/generated-entry';
import type { Api } from '../function/contract/api';
import { isHandler, routesOf } from '../function/contract/model';

const ROOT = path.join(__dirname, '..');

export interface FunctionEntry {
  /** Path from the root of the project: the file `function/links/index.ts`, or its folder when the source is generated. */
  readonly path: string;
  /** The generated source; absent when `path` is a file. */
  readonly source?: string;
}

/**
 * Finds the entry of an API. The file is `function/<name>/index.ts`, below the folder of main.ts. For an app outside the root
 * with only one API, as in the examples, the file is `index.ts` beside main.ts. Without the file, the source is generated.
 * @param contracts all contracts of the app
 * @param appFolder folder of main.ts @default the current folder, where the app command runs
 */
export function entryOf(api: Api, contracts: readonly Api[], appFolder = process.cwd()): FunctionEntry {
  const file = entryFile(api, contracts, appFolder);
  if (existsSync(path.join(ROOT, file))) return { path: file };
  return { path: path.posix.dirname(file), source: generatedEntry(api) };
}

/** Reports missing files: of an API that has handlers, see `entryOf`, and of authorizers. */
export function entryFaults(api: Api, contracts: readonly Api[], appFolder = process.cwd()): ContractFault[] {
  return [...handlerFaults(api, contracts, appFolder), ...authorizerFaults(api)];
}

function authorizerFaults({ gateway, auth }: Api): ContractFault[] {
  const maker = gateway === 'http-api' ? 'httpApiAuthorizer' : 'restApiAuthorizer';
  return Object.entries(auth?.authorizers ?? {}).flatMap(([name, { entry }]) => {
    if (existsSync(path.join(ROOT, entry))) return [];
    const message = `is ${entry}, but there is no such file. Write it: export const handler = ${maker}(({ headers }) => …);`;
    return [{ path: `auth.authorizers.${name}.entry`, message }];
  });
}

function handlerFaults(api: Api, contracts: readonly Api[], appFolder: string): ContractFault[] {
  const handlers = routesOf(api).flatMap(({ route }) => (isHandler(route) ? [route.handler] : []));
  const file = entryFile(api, contracts, appFolder);
  if (handlers.length === 0 || existsSync(path.join(ROOT, file))) return [];
  const service = `crudService(${camelCase(api.name)}, { ... }, { ${[...new Set(handlers)].join(', ')} })`;
  const handler = api.gateway === 'http-api' ? 'httpApiHandler' : 'restApiHandler';
  const message = `has handlers, but the file ${file} is missing. Write it: export const handler = ${handler}(${service});`;
  return [{ path: 'routes', message }];
}

function entryFile({ name }: Api, contracts: readonly Api[], appFolder: string): string {
  const folder = path.relative(ROOT, appFolder).split(path.sep).join('/');
  return folder !== '' && contracts.length === 1
    ? `${folder}/index.ts`
    : path.posix.join(folder, `function/${name}/index.ts`);
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
