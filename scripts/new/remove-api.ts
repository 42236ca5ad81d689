/** Removes an API: its files, its tests, and its entry in the list of main.ts. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../project';
import { countResources } from '../terraform/local-state';
import { checkName } from './api-name';
import { withoutApi } from './main-file';

const SOURCES = ['stacks', 'scripts', 'bench', 'function', '__tests__'];

/**
 * Removes an API.
 * @returns the lines to print: the removed and changed files, and the files that still import the API
 * @throws Error when the API does not exist, or is deployed with a local state
 */
export function removeApi(name: string): string[] {
  checkName(name);
  const folder = `function/${name}`;
  if (!existsSync(path.join(ROOT, folder, 'contract.ts'))) {
    throw new Error(`There is no API ${name}: ${folder}/contract.ts does not exist.`);
  }
  const state = `terraform.${name}.tfstate`;
  const resources = countResources(path.join(ROOT, state));
  if (resources > 0) {
    throw new Error(`${name} is deployed: ${state} has ${resources} resources. Run npm run destroy -- ${name} first.`);
  }
  const main = readFileSync(path.join(ROOT, 'main.ts'), 'utf8');
  const changedMain = withoutApi(main, name);
  const removed = [folder, `__tests__/system/${name}.test.ts`, `__tests__/function/${name}`].filter((file) =>
    existsSync(path.join(ROOT, file)),
  );
  writeFileSync(path.join(ROOT, 'main.ts'), changedMain);
  for (const file of removed) rmSync(path.join(ROOT, file), { recursive: true });
  const importers = SOURCES.flatMap((source) => filesThatImport(name, source));
  return [
    ...removed.map((file) => `removed  ${file}`),
    'changed  main.ts',
    ...importers.map((file) => `imports function/${name}, change or delete it:  ${file}`),
    '',
    `If ${name} is deployed with its state in a bucket, restore the files, run npm run destroy -- ${name}, and remove it again.`,
  ];
}

/** Finds files with an import of the API. Tests contain such imports in texts too, but an import statement starts its line. */
function filesThatImport(name: string, source: string): string[] {
  const folder = path.join(ROOT, source);
  if (!existsSync(folder)) return [];
  const statement = new RegExp(`^(import|export|\\}) .*from '[./]+(function/)?${name}/`, 'm');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => path.join(source, file))
    .filter((file) => statement.test(readFileSync(path.join(ROOT, file), 'utf8')));
}
