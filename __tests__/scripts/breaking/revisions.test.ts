/** `npm run breaking` in Git repositories. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { JITI, ROOT } from '../../support/local-run';
import { copyProject, type ProjectCopy } from '../../support/project-copy';

const app = (list: string) => `import { notes } from './examples/notes/contract';
import { todos } from './examples/todos/contract';
import { runApis } from './stacks/run-apis';
runApis(${list});
`;

const inFolder =
  (cwd: string) =>
  (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd, encoding: 'utf8' });

let project: ProjectCopy;
let git: ReturnType<typeof inFolder>;

beforeAll(() => {
  project = copyProject();
  git = inFolder(project.root);
  project.overwrite('package-lock.json', '{}');
  writeFileSync(path.join(project.root, '.gitignore'), 'node_modules\ndist\n');
  git('init', '--quiet', '--initial-branch=main');
  project.overwrite('main.ts', 'const x = (;\n');
  git('add', '--all');
  git('commit', '--quiet', '--message=broken');
  git('tag', 'broken');
  project.overwrite('main.ts', app('[todos, notes]'));
  git('commit', '--quiet', '--all', '--message=base');
});

afterAll(() => rmSync(project.root, { recursive: true }));

function breaking(root: string, ...args: string[]) {
  const command = [path.join(ROOT, JITI), 'scripts/breaking.ts', ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
}

test('reports the old name of a renamed contract as gone, and nothing about the new name', () => {
  project.overwrite('main.ts', app("[{ ...todos, name: 'tasks' }, notes]"));
  const { status, stdout } = breaking(project.root, '--base', 'main', '--exit-code', '--output', 'breaks.md');
  expect({ status, stdout }).toEqual({ status: 2, stdout: 'todos: API: is gone\n' });
  expect(readFileSync(path.join(project.root, 'breaks.md'), 'utf8')).toMatch(/^> \[!CAUTION\]\n.*breaks callers/);
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
}, 120_000);

test('fails when the base does not compile, and leaves no worktree', () => {
  project.overwrite('main.ts', app('[notes]'));
  const { status, stderr } = breaking(project.root, '--base', 'broken');
  expect(status).toBe(1);
  expect(stderr).toContain('main.ts:1:11');
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
}, 120_000);

test('fails in a shallow clone without the base, and names git fetch --unshallow', () => {
  const clone = mkdtempSync(path.join(os.tmpdir(), 'shallow-'));
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${project.root}`, clone]);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(clone, 'node_modules'));
  const { status, stderr } = breaking(clone, '--base', 'HEAD^1');
  rmSync(clone, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toContain('This clone has no Git revision "HEAD^1".');
  expect(stderr).toContain('git fetch --unshallow');
  expect(stderr).not.toContain('    at ');
}, 60_000);
