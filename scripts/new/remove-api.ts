/** Removes an API: its files, the tests that import it, and its entries in lists. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../project';
import { countResources } from '../terraform/local-state';
import { copiedFiles } from './add-api';
import { checkName } from './api-name';
import { sourcesThatImport, testsThatImport } from './importers';
import { withoutApi } from './main-file';
import { uncommittedFiles } from './uncommitted-files';

const TUTORIAL_APIS = 'stacks/tutorial-apis.ts';

/** Maximum number of files in the error about uncommitted changes. */
const MAX_LISTED = 5;

/**
 * Removes an API.
 * @param isForced whether to remove files with uncommitted changes
 * @returns the lines to print: the removed and changed files, and the files that still import the API
 * @throws Error when the API does not exist, is deployed with a local state, or has uncommitted changes
 */
export function removeApi(name: string, isForced: boolean): string[] {
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
  const changed = changedFiles(name);
  const files = [
    folder,
    `stacks/tutorial/${name}.ts`,
    `__tests__/system/${name}.test.ts`,
    `__tests__/function/${name}`,
  ];
  const others = testsThatImport(name).filter((file) => !files.some((listed) => `${file}/`.startsWith(`${listed}/`)));
  const removed = [...files, ...others].filter((file) => existsSync(path.join(ROOT, file)));
  if (!isForced) checkCommitted(name, removed);
  for (const [file, text] of changed) writeFileSync(path.join(ROOT, file), text);
  for (const file of removed) rmSync(path.join(ROOT, file), { recursive: true });
  return [
    ...removed.map((file) => `removed  ${file}`),
    ...changed.map(([file]) => `changed  ${file}`),
    ...sourcesThatImport(name).map((file) => `to do    ${file} imports function/${name}: change or delete the file`),
    '',
    `If ${name} is deployed with its state in a bucket, restore the files, run npm run destroy -- ${name}, and remove it again.`,
  ];
}

/** Checks that Git or `npm run new` can restore the removed files. */
function checkCommitted(name: string, removed: readonly string[]): void {
  const copies = copiedFiles(name);
  const isCopy = (file: string) => copies.get(file)?.has(readFileSync(path.join(ROOT, file), 'utf8'));
  const files = uncommittedFiles(removed).filter((file) => isCopy(file) !== true);
  if (files.length === 0) return;
  throw new Error(
    `There are uncommitted changes in ${files.slice(0, MAX_LISTED).join(', ')}${files.length > MAX_LISTED ? ' and others' : ''}. ` +
      `Commit them, or delete them with npm run new -- --remove ${name} --force.`,
  );
}

/** Returns the new texts of the files that list the API. */
function changedFiles(name: string): (readonly [file: string, text: string])[] {
  const main = withoutApi(readFileSync(path.join(ROOT, 'main.ts'), 'utf8'), name);
  const tutorial = path.join(ROOT, TUTORIAL_APIS);
  const before = existsSync(tutorial) ? readFileSync(tutorial, 'utf8') : '';
  const after = withoutTutorial(before, name);
  return [['main.ts', main], ...(after === before ? [] : [[TUTORIAL_APIS, after] as const])];
}

/** Removes the API from `{ items, manager, products }`, and its import. */
function withoutTutorial(text: string, name: string): string {
  return text
    .replace(`import { ${name} } from './tutorial/${name}';\n`, '')
    .replace(/(= \{)([\w\s,]*)(\};)$/m, (_, start: string, list: string, end: string) => {
      const names = list.split(',').flatMap((listed) => listed.trim() || []);
      const others = names.filter((listed) => listed !== name);
      return others.length > 0 ? `${start} ${others.join(', ')} ${end}` : `${start}${end}`;
    });
}
