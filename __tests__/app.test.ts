/** Errors of app.cjs, the app command of cdktf.json. Runs it in a copy of the project. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { copyProject, type ProjectCopy } from './support/project-copy';

const STACK = 'stacks/items-stack.ts';
const METHOD = 'private createOutputs(api: HttpApi, routes: readonly HttpApiRoute[]): void {';

let project: ProjectCopy;

beforeAll(() => {
  project = copyProject();
});
afterEach(() => {
  project.restore();
});
afterAll(() => rmSync(project.root, { recursive: true, force: true }));

function runApp(): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ['app.cjs'], {
    cwd: project.root,
    encoding: 'utf8',
    env: { ...process.env, CDKTF_OUTDIR: path.join(project.root, 'out') },
  });
}

/** Returns the position of a text in a source file, in the form of a stack trace. */
function positionOf(file: string, text: string): string {
  const lines = project.read(file).split('\n');
  const line = lines.findIndex((candidate) => candidate.includes(text));
  return `${path.join(project.root, file)}:${line + 1}:${(lines[line] ?? '').indexOf(text) + 1}`;
}

test('the traces of an error in a stack and of its cause have positions in TypeScript files', () => {
  project.edit(STACK, METHOD, `${METHOD}\n    throw new TypeError('no outputs', { cause: new Error('no table') });`);
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
  expect(stderr).toContain(positionOf('stacks/tags.ts', "new Error('at import')"));
});

test('the error of a stack that does not compile has file, line and column once, without a stack trace', () => {
  project.edit(STACK, METHOD, `${METHOD} const x = (;`);
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr.match(/items-stack\.ts:\d+:\d+/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^ {4}at /m);
});
