/** Loads the contracts of this project. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Api } from '../function/contract/api';
import { ROOT } from './project';

/** Imports the contracts that `function/<name>/contract.ts` exports, in the order of the folder names. */
export async function loadContracts(): Promise<readonly Api[]> {
  const files = readdirSync(path.join(ROOT, 'function'))
    .sort()
    .map((name) => path.join(ROOT, 'function', name, 'contract.ts'))
    .filter((file) => existsSync(file));
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(file).href) as Promise<Readonly<Record<string, unknown>>>),
  );
  return modules.flatMap((exported) => Object.values(exported).filter(isContract));
}

/** Whether an export is a contract: the file of a contract may also export other data. */
export function isContract(value: unknown): value is Api {
  return typeof value === 'object' && value !== null && 'routes' in value && 'gateway' in value;
}
