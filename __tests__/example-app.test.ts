/** An app in a subfolder of the project, such as examples/orders. Its app command is `node ../../app.cjs`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyProject, type ProjectCopy } from './support/project-copy';

const CONTRACT = `
import { defineApi } from '../../function/contract/api';

export const things = defineApi({
  name: 'things', gateway: 'http-api', key: 'id',
  item: { type: 'object', properties: { id: { type: 'string', maxLength: 40 } }, required: ['id'] },
  answers: { put: 'Put', delete: 'Deleted' },
  routes: { 'PUT /things': { operation: 'put' }, 'GET /things/{id}': { operation: 'read' } },
});
`;

const MAIN = `
import { runApis } from '../../stacks/run-apis';
import { things } from './contract';
runApis([things]);
`;

const HANDLER_ROUTE = "'GET /ping': { handler: 'ping', responses: { 204: { description: 'Pong' } } }";

let project: ProjectCopy;
let folder: string;

beforeAll(() => {
  project = copyProject();
  folder = path.join(project.root, 'examples/things');
  mkdirSync(folder, { recursive: true });
});
beforeEach(() => {
  write('contract.ts', CONTRACT);
  write('main.ts', MAIN);
  rmSync(path.join(folder, 'index.ts'), { force: true });
});
afterAll(() => rmSync(project.root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

function runApp(): { readonly status: number | null; readonly stderr: string } {
  const env = { ...process.env, CDKTF_OUTDIR: path.join(folder, 'out') };
  return spawnSync(process.execPath, ['../../app.cjs'], { cwd: folder, encoding: 'utf8', env });
}

test('the app is compiled into dist/ of the project, and synthesized into its own folder', () => {
  expect(runApp()).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(path.join(project.root, 'dist/examples-things.cjs'))).toBe(true);
  const json = readFileSync(path.join(folder, 'out/stacks/things/cdk.tf.json'), 'utf8');
  expect(JSON.parse(json)).toMatchObject({
    resource: { aws_lambda_function: { function: { function_name: 'things-function' } } },
  });
});

test('index.ts beside main.ts is the entry of the function', () => {
  write('index.ts', 'export const handler = (;');
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toContain('examples/things/index.ts:1:24');
});

test('faults of a contract are printed together, without a stack trace', () => {
  write('contract.ts', CONTRACT.replace("key: 'id'", "key: 'code'").replace("type: 'string'", "type: 'text'"));
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The contract things has \d+ faults:\n/);
  expect(stderr).toMatch(/item\.properties\.id\.type .*text/);
  expect(stderr).toMatch(/key .*code/);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('the fault of a contract with handlers, but without index.ts, names the missing file', () => {
  write('contract.ts', CONTRACT.replace("'PUT /things'", `${HANDLER_ROUTE}, 'PUT /things'`));
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^The contract things has a fault:\n {2}routes has handlers, but the file examples\/things\/index\.ts is missing/,
  );
  expect(stderr).toContain('httpApiHandler(crudService(things, { ... }, { ping }))');
});

test('an error in main.ts names its file and line', () => {
  write('main.ts', `${MAIN}throw new Error('no example today');\n`);
  const { status, stderr } = runApp();
  expect(status).toBe(1);
  expect(stderr).toContain(`${path.join(folder, 'main.ts')}:5:7`);
  expect(stderr).not.toContain('examples-things.cjs');
});
