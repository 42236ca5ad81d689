/** The curl commands of README answer as README shows. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type LocalRun, ROOT, startLocalRun } from '../support/local-run';

interface Command {
  readonly line: string;
  readonly expected: string;
}

/** The commands after `$ curl`, each with what it prints. */
function commands(): Command[] {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    [...block.matchAll(/^\$ (curl (?:.*\\\n)*.*)\n((?:(?!\$).+\n)*)/gm)].map(([, line = '', expected = '']) => {
      return { line, expected: expected.trim() };
    }),
  );
}

const withoutId = (text: string) => text.replace(/"requestId":"[^"]*"/, '"requestId":""');

const curl = spawnSync('curl', ['--version']).error;

if (curl) {
  process.stderr.write('Skipped: the curl commands of README, because there is no curl on the PATH\n');
  test.skip('the curl commands of README (there is no curl on the PATH)', () => undefined);
} else {
  describe('README', () => {
    let run: LocalRun;

    beforeAll(async () => {
      run = await startLocalRun();
    });

    afterAll(() => run.stop());

    test('has commands', () => {
      expect(commands().length).toBeGreaterThanOrEqual(13);
    });

    test.each(commands())('$line', ({ line, expected }) => {
      const origins = ['items', 'manager', 'products'].map(
        (stack) => new URL(run.outputs[stack]?.['url'] as string).host,
      );
      const here = line.replace(/127\.0\.0\.1:300([012])/g, (_, index: string) => origins[Number(index)] ?? '');
      const { stdout } = spawnSync('sh', ['-c', here.replace('curl', 'curl -s')], {
        encoding: 'utf8',
        env: { ...process.env, KEY: run.outputs['manager']?.['api_key'] as string },
      });
      expect(withoutId(stdout)).toBe(withoutId(expected));
    });
  });
}
