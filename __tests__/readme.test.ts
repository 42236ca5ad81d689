/** What README says of settings and commands is what the project has. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { definitions } from '../stacks/settings';
import { ROOT } from './support/local-run';

const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

test.each(Object.entries(definitions))(
  'the setting %s stands in the table with its variable and default',
  (name, definition) => {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const [, , variable, value] = row.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    const expected =
      typeof definition.default === 'object' ? JSON.stringify(definition.default) : String(definition.default);
    expect([variable, value]).toEqual([definition.variable, expected]);
  },
);

test('every npm script that README names is there', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [, name = ''] of readme.matchAll(/npm run ([a-z0-9:-]+)/g)) expect(scripts).toHaveProperty([name]);
});
