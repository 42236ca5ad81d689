/** The commands of docs/upgrade.md for copies without history, in a copy in which every file has another content. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './support/local-run';

const OLD = 'old\n';

/** Files that the page leaves to the reader: it names them, or they belong to the reader. */
const BY_HAND =
  /^function\/(items|products|manager)\/|^(cdktf\.json|main\.ts|package(-lock)?\.json|README\.md|LICENSE|\.github\/CODEOWNERS)$/;

/** Files of the reader in folders that the commands replace. */
const RESTORED = ['stacks/jobs-stack.ts', '__tests__/system/jobs.test.ts'];

let folder: string;
let copy: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'upgrade-')));
  copy = path.join(folder, 'copy');
  for (const file of [...trackedFiles(ROOT), ...RESTORED, 'examples/mine/main.ts']) {
    mkdirSync(path.join(copy, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(copy, file), OLD);
  }
  run('git', ['init', '--quiet']);
  run('git', ['add', '--all', '--force']);
  run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'old']);
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, args: readonly string[], cwd = copy): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: expect.any(String) as unknown });
  return stdout;
}

function trackedFiles(root: string): string[] {
  return run('git', ['ls-files', '-z'], root).split('\0').filter(Boolean);
}

test('replace every file of the project, list files to restore, and keep examples of the reader', () => {
  const page = readFileSync(path.join(ROOT, 'docs/upgrade.md'), 'utf8');
  const [, commands = ''] = /^## Copies without history\n.*?^```sh\n(.*?)^```$/ms.exec(page) ?? [];
  const printed = run('bash', ['-ec', commands.replace('URL-OF-THIS-PROJECT', ROOT)]);
  expect(printed.split('\n')).toEqual(expect.arrayContaining(RESTORED));
  const old = trackedFiles(copy).filter((file) => !printed.split('\n').includes(file));
  const kept = old.filter((file) => readFileSync(path.join(copy, file), 'utf8') === OLD && !BY_HAND.test(file));
  expect(kept).toEqual(['examples/mine/main.ts']);
});
