/** Errors of app.cjs, the app command of cdktf.json. Runs it in a copy of the project. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyProject, type ProjectCopy } from './support/project-copy';

const STACK = 'stacks/run-apis.ts';
const LINE = 'const app = new App();';

let project: ProjectCopy;

beforeAll(() => {
  // Characters that have a meaning in URLs, regular expressions and replacements. Stack traces contain them unchanged.
  project = copyProject('project (ü) $1 ');
});
afterEach(() => {
  project.restore();
});
afterAll(() => rmSync(project.root, { recursive: true, force: true }));

function runApp(environment: NodeJS.ProcessEnv = {}): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ['app.cjs'], {
    cwd: project.root,
    encoding: 'utf8',
    env: { ...process.env, CDKTF_OUTDIR: path.join(project.root, 'out'), ...environment },
  });
}

/** Returns the position of a text in a source file, in the form of a stack trace. */
function positionOf(file: string, text: string): string {
  const lines = project.read(file).split('\n');
  const line = lines.findIndex((candidate) => candidate.includes(text));
  return `${path.join(project.root, file)}:${line + 1}:${(lines[line] ?? '').indexOf(text) + 1}`;
}

test('the traces of an error in a stack and of its cause have positions in TypeScript files', () => {
  project.edit(STACK, LINE, `${LINE}\n    throw new TypeError('no outputs', { cause: new Error('no table') });`);
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toContain('TypeError: no outputs\n');
  expect(stderr).toContain(positionOf(STACK, "new TypeError('no outputs'"));
  expect(stderr).toContain('[cause]: Error: no table\n');
  expect(stderr).toContain(positionOf(STACK, "new Error('no table')"));
  expect(stderr).not.toContain('main.cjs');
});

test('the trace of an error during the import of a stack has its position', () => {
  project.edit('stacks/tags.ts', /^/, "throw new Error('at import');\n");
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toContain(`at Object.<anonymous> (${positionOf('stacks/tags.ts', "new Error('at import')")})`);
});

test('the error of a stack that does not compile has file, line and column once, without a stack trace', () => {
  project.edit(STACK, LINE, `${LINE} const x = (;`);
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr.match(/run-apis\.ts:\d+:\d+/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('the errors of an AggregateError are printed', () => {
  failWith("new AggregateError([new Error('first'), new Error('second')], 'two errors')");
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toContain('AggregateError: two errors\n');
  expect(stderr).toContain('Error: second\n');
  expect(stderr).toContain(positionOf('stacks/run-app.ts', "new AggregateError([new Error('first')"));
});

test.each(['null', "'text'", '{ code: 5 }'])('a thrown %s is printed without a stack trace', (value) => {
  failWith(value);
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toBe(`The app threw the value ${value}, which has no stack trace. Throw an Error instead.\n`);
});

/** Makes the app throw a value. */
function failWith(value: string): void {
  project.edit('stacks/run-app.ts', 'app().catch', `app().then(() => { throw ${value}; }).catch`);
}

test('a stack can import a package with a native addon', () => {
  project.edit('stacks/tags.ts', /^/, "import { parseSync } from '@swc/core';\nparseSync('');\n");
  expect(runApp()).toMatchObject({ status: 0, stderr: '' });
});

test('the error of esbuild is printed when esbuild does not run', () => {
  const binary = path.join(project.root, 'esbuild.sh');
  writeFileSync(binary, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
  const { status, stderr } = runApp({ ESBUILD_BINARY_PATH: binary });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^esbuild did not run: .*Run `npm ci`/);
});

test('the error about a dist/ that is not writable names the folder', () => {
  const dist = path.join(project.root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  writeFileSync(dist, 'a file');
  const { status, stderr } = runApp();
  rmSync(dist);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Cannot write .*main\.cjs: E.*\n$/);
  expect(stderr).toContain(`Make the folder ${dist} writable`);
});
