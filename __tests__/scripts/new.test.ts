/** `npm run new`, run as a command in a copy of the project. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sessionOf } from '../../scripts/smoke/find-session';
import { runSession } from '../../scripts/smoke/session';
import { JITI, ROOT, startLocalRun } from '../support/local-run';
import { copyProject, type ProjectCopy } from '../support/project-copy';

let project: ProjectCopy;

beforeEach(() => {
  project = copyProject();
});

afterEach(() => rmSync(project.root, { recursive: true }));

function runNew(...args: string[]) {
  return spawnSync(process.execPath, [path.join(ROOT, JITI), 'scripts/new.ts', ...args], {
    cwd: project.root,
    encoding: 'utf8',
  });
}

const has = (file: string) => existsSync(path.join(project.root, file));

test('writes a contract and a test, and the local run serves the API', async () => {
  const main = project.read('main.ts');
  expect(runNew('new-test-api')).toMatchObject({ status: 0, stderr: '' });
  expect(project.read('function/new-test-api/contract.ts')).toContain(
    "'GET /new-test-api/{id}': { operation: 'read' }",
  );
  expect(project.read('main.ts')).toMatch(/^const APIS = \[.*\bnewTestApi\b.*\];$/m);
  const run = await startLocalRun({ root: project.root });
  try {
    // The session is made from the contract, which is a copy of the example todos.
    const session = await sessionOf('new-test-api', path.join(project.root, 'function/new-test-api'));
    if (!session) throw new Error('There is no session.');
    const outputs = run.outputs['new-test-api'] ?? {};
    expect(await runSession('new-test-api', outputs, session, { print: () => undefined })).toBeUndefined();
  } finally {
    await run.stop();
  }
  expect(runNew('--remove', 'new-test-api').status).toBe(0);
  expect(project.read('main.ts')).toBe(main);
  expect([has('function/new-test-api'), has('__tests__/system/new-test-api.test.ts')]).toEqual([false, false]);
});

test('keeps files that exist, and lists the API once', () => {
  runNew('new-test-links', '--from', 'links');
  project.overwrite('function/new-test-links/session.ts', '// mine');
  const main = project.read('main.ts');
  expect(runNew('new-test-links').stdout).toMatch(/^kept {5}function\/new-test-links\/contract\.ts$/m);
  expect(project.read('function/new-test-links/session.ts')).toBe('// mine');
  expect(project.read('main.ts')).toBe(main);
  expect(main).toContain("import { newTestLinks } from './function/new-test-links/contract';\n");
});

test.each([
  [['New-Test'], /"New-Test" cannot be the name of an API\. Use 3 to 40 lower-case letters/],
  [['../up'], /"\.\.\/up" cannot be the name of an API/],
  [['ab'], /"ab" cannot be the name of an API/],
  [['constructor'], /constructor cannot be the name of an API/],
  [['class'], /class cannot be the name of an API: the project or TypeScript uses it/],
  [['new-test-api', '--from', 'books'], /There is no template "books"\. Choose one of todos, orders, notes, links\./],
  [['--remove', 'new-test-api'], /There is no API new-test-api: function\/new-test-api\/contract\.ts does not exist\./],
  [[], /Pass the name of one API\./],
])('refuses %j, and writes nothing', (args, message) => {
  const { status, stderr } = runNew(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(has('function/new-test-api')).toBe(false);
});

test('refuses a main.ts without the list, and writes nothing', () => {
  project.edit('main.ts', 'const APIS', 'const OTHERS');
  const { status, stderr } = runNew('new-test-api');
  expect(status).toBe(1);
  expect(stderr).toContain('main.ts has no line `const APIS = [...];`');
  expect(has('function/new-test-api')).toBe(false);
});

test('lists the files that import a removed API, but not files that only name it', () => {
  runNew('new-test-api');
  writeFileSync(
    path.join(project.root, 'scripts/names.ts'),
    `const text = "import x from '../new-test-api/contract'";\n`,
  );
  writeFileSync(
    path.join(project.root, 'scripts/imports.ts'),
    "import type { Api } from './api';\nimport {\n  newTestApi,\n} from '../function/new-test-api/contract';\n",
  );
  expect(runNew('--remove', 'new-test-api').stdout.match(/^to do .*/gm)).toEqual([
    'to do    scripts/imports.ts imports function/new-test-api: change or delete the file',
  ]);
});

test('removes the tests that import the API, also through other files, and keeps the others', () => {
  runNew('new-test-api');
  const write = (file: string, text: string) => writeFileSync(path.join(project.root, '__tests__', file), text);
  write('api.ts', "export { newTestApi } from '../function/new-test-api/contract';\n");
  write('through.test.ts', "import { newTestApi } from './api';\n");
  write('other.test.ts', "const text = 'new-test-api';\n");
  expect(runNew('--remove', 'new-test-api').stdout.match(/^removed .*/gm)).toEqual([
    'removed  function/new-test-api',
    'removed  __tests__/system/new-test-api.test.ts',
    'removed  __tests__/api.ts',
    'removed  __tests__/through.test.ts',
  ]);
  expect(has('__tests__/other.test.ts')).toBe(true);
});

test('removes the last API, and adds an API to the empty list', () => {
  const [, list = ''] = /^const APIS(?:: \[\])? = \[(.*)\];$/m.exec(project.read('main.ts')) ?? [];
  for (const name of list.split(', ').filter((text) => text !== ''))
    expect(runNew('--remove', name)).toMatchObject({ status: 0, stderr: '' });
  expect(project.read('main.ts')).toContain('\nconst APIS: [] = [];\n');
  expect(project.read('stacks/tutorial-apis.ts')).toMatch(/ = \{\};$/m);
  expect(project.read('stacks/tutorial-apis.ts')).not.toContain("from './tutorial/");
  runNew('new-test-api');
  expect(project.read('main.ts')).toContain('\nconst APIS = [newTestApi];\n');
});

test.each([
  ['notes', /noteId|Each user/, "key: ['owner', 'newTestTaskId']"],
  ['links', /short links/, 'Contract of the API `new-test-tasks`. */'],
])('a copy of %s has the name of the API in its fields, and no description of the example', (template, old, text) => {
  expect(runNew('new-test-tasks', '--from', template)).toMatchObject({ status: 0, stderr: '' });
  const contract = project.read('function/new-test-tasks/contract.ts');
  expect(contract).not.toMatch(old);
  expect(contract).toContain(text);
});

test('a copy keeps the id of the template when the new id is another field', () => {
  expect(runNew('customers', '--from', 'orders')).toMatchObject({ status: 0, stderr: '' });
  expect(project.read('function/customers/contract.ts')).toContain("key: ['customerId', 'orderId']");
});

function git(...args: string[]): void {
  const options = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
  expect(spawnSync('git', [...options, ...args], { cwd: project.root }).status).toBe(0);
}

test('removes nothing when git cannot tell which files have changes', () => {
  git('init', '-q');
  runNew('new-test-api');
  writeFileSync(path.join(project.root, '.git/index'), 'no index');
  const { status, stderr } = runNew('--remove', 'new-test-api');
  expect(status).toBe(1);
  expect(stderr).toMatch(/git status failed: .+\. Correct this, or pass --force\./s);
  expect(has('function/new-test-api/contract.ts')).toBe(true);
});

test('removes an API of which Git has staged the deletion of a file', () => {
  git('init', '-q');
  runNew('new-test-api');
  git('add', 'function', '__tests__');
  git('commit', '-qm', 'Add an API');
  git('rm', '-q', '__tests__/system/new-test-api.test.ts');
  expect(runNew('--remove', 'new-test-api')).toMatchObject({ status: 0, stderr: '' });
});

test('refuses to delete uncommitted changes without --force', () => {
  git('init', '-q');
  runNew('new-test-api');
  // Unchanged copies of an example need no commit: npm run new can write them again.
  expect(runNew('--remove', 'new-test-api')).toMatchObject({ status: 0, stderr: '' });
  runNew('new-test-api', '--from', 'notes');
  const file = 'function/new-test-api/contract.ts';
  project.overwrite(file, '// mine');
  const refused = runNew('--remove', 'new-test-api');
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(`There are uncommitted changes in ${file}. Commit them, or delete them with`);
  expect(project.read(file)).toBe('// mine');
  git('add', 'function');
  expect(runNew('--remove', 'new-test-api').status).toBe(1);
  git('commit', '-qm', 'Add an API');
  expect(runNew('--remove', 'new-test-api').status).toBe(0);
  runNew('new-test-api');
  project.overwrite(file, '// mine');
  expect(runNew('--remove', 'new-test-api', '--force').status).toBe(0);
  expect(has(file)).toBe(false);
});

test('does not remove an API that is deployed with a local state', () => {
  runNew('new-test-api');
  const state = { resources: [{ mode: 'managed' }] };
  writeFileSync(path.join(project.root, 'terraform.new-test-api.tfstate'), JSON.stringify(state));
  const { status, stderr } = runNew('--remove', 'new-test-api');
  expect(status).toBe(1);
  expect(stderr).toContain('Run npm run destroy -- new-test-api first.');
  expect(has('function/new-test-api/contract.ts')).toBe(true);
});
