/** Adds an API: files from an example, a test, and an entry in the list of main.ts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../project';
import { checkName, identifierOf } from './api-name';
import { withApi } from './main-file';

/** The examples whose contracts can be copied. */
export const TEMPLATES = ['todos', 'orders', 'notes', 'links'];

/** The files of an example that belong to its API. Only links has more than a contract. */
const FILES = ['contract.ts', 'index.ts', 'session.ts'];

/**
 * Adds an API. Files that exist stay as they are.
 * @returns the lines to print: the written and changed files, and the next steps
 * @throws Error for a name that no API can have, an unknown template, or a main.ts without a list of APIs
 */
export function addApi(name: string, template: string): string[] {
  checkName(name);
  if (!TEMPLATES.includes(template)) {
    throw new Error(`There is no template ${JSON.stringify(template)}. Choose one of ${TEMPLATES.join(', ')}.`);
  }
  const main = readFileSync(path.join(ROOT, 'main.ts'), 'utf8');
  const changedMain = withApi(main, name);
  const written = filesOf(name, template).map(([file, text]) =>
    existsSync(path.join(ROOT, file)) ? `kept     ${file}` : (write(file, text), `wrote    ${file}`),
  );
  if (changedMain !== main) writeFileSync(path.join(ROOT, 'main.ts'), changedMain);
  return [...written, `${changedMain === main ? 'kept     ' : 'changed  '}main.ts`, '', ...nextSteps(name)];
}

/** Returns the contents that `addApi` can write to each file, one for each template. */
export function copiedFiles(name: string): ReadonlyMap<string, ReadonlySet<string>> {
  const copies = new Map<string, Set<string>>();
  for (const [file, text] of TEMPLATES.flatMap((template) => filesOf(name, template))) {
    copies.set(file, (copies.get(file) ?? new Set()).add(text));
  }
  return copies;
}

/** Makes the files of an API, with their texts. */
function filesOf(name: string, template: string): readonly (readonly [file: string, text: string])[] {
  const folder = path.join(ROOT, 'examples', template);
  const copied = FILES.filter((file) => existsSync(path.join(folder, file))).map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    return [`function/${name}/${file}`, renamed(text, template, name)] as const;
  });
  return [...copied, [`__tests__/system/${name}.test.ts`, testOf(name)]];
}

function write(file: string, text: string): void {
  mkdirSync(path.join(ROOT, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(ROOT, file), text);
}

/**
 * Replaces the name of the template: in code with the API's identifier; in paths, texts and `name` with its name. Leaves out
 * the description of the template's items. Keeps the id of the template if the template has a field with the new id:
 * `customerId` in a copy of `orders` with the name `customers`.
 */
function renamed(text: string, template: string, name: string): string {
  const idOf = (plural: string) => `${plural.replace(/s$/, '')}Id`;
  const [templateId, id] = [idOf(template), idOf(identifierOf(name))];
  return text
    .replace(/^(\/\*\* Contract of the API `\w+`).*\*\//, '$1. */')
    .replaceAll(templateId, text.includes(id) ? templateId : id)
    .replaceAll('../../function/', '../')
    .replace(new RegExp(`(const |import \\{ |crudService\\(\\s*)${template}\\b`, 'g'), `$1${identifierOf(name)}`)
    .replace(new RegExp(`\\b${template}\\b(?!/contract)`, 'g'), name);
}

function testOf(name: string): string {
  return `/** The API \`${name}\` in a local run. */
import { sessionOf } from '../../scripts/smoke/find-session';
import { runSession } from '../../scripts/smoke/session';
import { type LocalRun, startLocalRun } from '../support/local-run';

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRun();
});

afterAll(() => run.stop());

test('every route answers as its contract says', async () => {
  const session = await sessionOf('${name}');
  if (!session) throw new Error('There is no session. Write one in function/${name}/session.ts.');
  const difference = await runSession('${name}', run.outputs['${name}'] ?? {}, session, { print: () => undefined });
  expect(difference).toBeUndefined();
});
`;
}

function nextSteps(name: string): string[] {
  return [
    `Describe your items and routes in function/${name}/contract.ts; docs/contract.md explains the keywords. Then:`,
    '  npm start: serves the API on this machine',
    `  npx jest system/${name}: tests it`,
    `  npm run deploy -- ${name}: deploys it`,
  ];
}
