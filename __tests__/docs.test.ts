/** Checks the pages against the project: settings, npm scripts, links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { definitions, type Settings } from '../stacks/settings';
import { ROOT } from './support/local-run';

/** Paths of README.md, docs/ and the packages' README.md, relative to the project. */
const PAGES = [
  'README.md',
  'AGENTS.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => path.join('docs', name)),
  ...readdirSync(path.join(ROOT, 'packages')).map((name) => path.join('packages', name, 'README.md')),
].filter((page) => page.endsWith('.md') && existsSync(path.join(ROOT, page)));

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');

test.each(Object.entries(definitions))(
  'docs/settings.md has the setting %s with its variable, and its default in both profiles',
  (name, { variable, default: byDefault, production = byDefault, productionDemand }) => {
    const row =
      read('docs/settings.md')
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const [, , ...cells] = row.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    const isRequired = productionDemand !== undefined && production === byDefault;
    expect(cells.slice(0, 3)).toEqual([variable, textOf(byDefault), isRequired ? 'required' : textOf(production)]);
  },
);

function textOf(value: Settings[keyof Settings]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

test('every npm script that a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = PAGES.flatMap((page) =>
    [...read(page).matchAll(/npm run (?:-s )?([a-z0-9]+(?:[:-][a-z0-9]+)*)/g)].map(
      ([, name = '']) => `${page}: ${name}`,
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((line) => !Object.hasOwn(scripts, line.split(': ')[1] ?? ''))).toEqual([]);
});

test('every relative link leads to an existing file and heading', () => {
  const links = PAGES.flatMap((page) =>
    [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => ({ page, target }))
      .filter(({ target }) => !/^[a-z]+:/.test(target)),
  );
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter(isBroken).map(({ page, target }) => `${page}: ${target}`)).toEqual([]);
});

function isBroken({ page, target }: { readonly page: string; readonly target: string }): boolean {
  const [file = '', heading] = target.split('#');
  const linked = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(ROOT, linked))) return true;
  return heading !== undefined && linked.endsWith('.md') && !headings(read(linked)).includes(heading);
}

/** The anchors that GitHub makes from the headings of a page. */
function headings(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Removes the code blocks of a page. Inline code stays, because headings contain it. */
function withoutCode(text: string): string {
  return text.replace(/^ *```.*?^ *```$/gms, '');
}
