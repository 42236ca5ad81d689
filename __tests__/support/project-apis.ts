/** Finds the contracts of this project's APIs and of the examples, so that tests need no list of their names. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../function/contract/api';
import { isContract } from '../../scripts/contracts';

const ROOT = path.join(__dirname, '../..');

/** The contracts that the files `function/<name>/contract.ts` export. The list is empty when the project has no API. */
export const PROJECT_APIS = contractsBelow('function');

/** The contracts of the examples. */
export const EXAMPLE_APIS = contractsBelow('examples');

function contractsBelow(folder: string): readonly Api[] {
  return readdirSync(path.join(ROOT, folder))
    .sort()
    .map((name) => path.join(ROOT, folder, name, 'contract.ts'))
    .filter((file) => existsSync(file))
    .flatMap((file) => Object.values(jest.requireActual<Readonly<Record<string, unknown>>>(file)).filter(isContract));
}
