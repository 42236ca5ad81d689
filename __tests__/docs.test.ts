/** The pages agree with the project: settings, npm scripts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { definitions } from '../stacks/settings';
import { ROOT } from './support/local-run';

/** Paths of README.md, docs/ and the packages' README.md, relative to the project. */
const PAGES = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => path.join('docs', name)),
  ...readdirSync(path.join(ROOT, 'packages')).map((name) => path.join('packages', name, 'README.md')),
].filter((page) => page.endsWith('.md') && existsSync(path.join(ROOT, page)));

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');

test.each(Object.entries(definitions))(
  'docs/settings.md has the setting %s with its variable and default',
  (name, definition) => {
    const row =
      read('docs/settings.md')
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const [, , variable, value] = row.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    const expected =
      typeof definition.default === 'object' ? JSON.stringify(definition.default) : String(definition.default);
    expect([variable, value]).toEqual([definition.variable, expected]);
  },
);

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
