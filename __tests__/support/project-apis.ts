/** The contracts of this project's APIs: tests check each of them, whatever their names are. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../function/contract/api';

const FOLDER = path.join(__dirname, '../../function');

/** The contracts that the files `function/<name>/contract.ts` export. The list is empty when the project has no API. */
export const PROJECT_APIS: readonly Api[] = readdirSync(FOLDER)
  .sort()
  .map((name) => path.join(FOLDER, name, 'contract.ts'))
  .filter((file) => existsSync(file))
  .flatMap((file) => Object.values(jest.requireActual<Readonly<Record<string, unknown>>>(file)).filter(isContract));

function isContract(value: unknown): value is Api {
  return typeof value === 'object' && value !== null && 'routes' in value && 'gateway' in value;
}
