/** The curl commands of README.md and docs/systems.md print what the pages show. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { items } from '../../function/items/contract';
import { manager } from '../../function/manager/contract';
import { products } from '../../function/products/contract';
import { type LocalRun, ROOT, startLocalRun } from '../support/local-run';
import { nameOf } from '../support/names';

interface Command {
  readonly line: string;
  readonly expected: string;
}

/** The stacks by their ports on the pages. */
const STACKS: Readonly<Record<string, string>> = { 3000: items.name, 3001: manager.name, 3002: products.name };

/** The curl commands of a page, with the output that the page shows. */
function commands(page: string): Command[] {
  const blocks = [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(/```sh\n(.*?)```/gs)];
  return blocks.flatMap(([, block = '']) =>
    [...block.matchAll(/^\$ (curl (?:.*\\\n)*.*)\n((?:(?!\$).+\n)*)/gm)].map(([, line = '', expected = '']) => {
      return { line, expected: expected.trim() };
    }),
  );
}

const withoutId = (text: string) => text.replace(/"requestId":"[^"]*"/, '"requestId":""');

const pages = [
  { page: 'README.md', minimum: 4 },
  { page: 'docs/systems.md', minimum: 13 },
];

if (spawnSync('curl', ['--version']).error) {
  process.stderr.write('Skipped: the curl commands of the pages, because there is no curl on the PATH\n');
  test.skip('the curl commands of the pages (there is no curl on the PATH)', () => undefined);
} else {
  describe.each(pages)('$page', ({ page, minimum }) => {
    let run: LocalRun;

    beforeAll(async () => {
      run = await startLocalRun();
    });

    afterAll(() => run.stop());

    test(`has at least ${minimum} commands`, () => {
      expect(commands(page).length).toBeGreaterThanOrEqual(minimum);
    });

    test.each(commands(page))('$line', ({ line, expected }) => {
      // The project may have a prefix.
      const withTable = line.replaceAll('"lambda-apigateway"', `"${nameOf('lambda-apigateway')}"`);
      const command = withTable.replace(/127\.0\.0\.1:(\d+)/g, (_, port: string) => {
        const stack = STACKS[port] ?? `no stack has the port ${port}`;
        return new URL(run.outputs[stack]?.['url'] as string).host;
      });
      const { stdout } = spawnSync('sh', ['-c', command.replace('curl', 'curl -s')], {
        encoding: 'utf8',
        env: { ...process.env, KEY: run.outputs[manager.name]?.['api_key'] as string },
      });
      expect(withoutId(stdout)).toBe(withoutId(expected));
    });
  });
}
