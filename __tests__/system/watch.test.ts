/** `npm start -- --watch` on a copy of the project: the next request gets the saved version. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { manager } from '../../function/manager/contract';
import { products } from '../../function/products/contract';
import { send, sendJson } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';
import { nameOf } from '../support/names';
import { copyProject, type ProjectCopy } from '../support/project-copy';

/**
 * Maximum ratio of two times after a save: the time to the next answer, and the time of a synth in a new process. The synth builds the
 * function, and the reload takes the bundle from their common cache: the ratio does not contain esbuild's work.
 * Measured: 0.3 to 0.5, also on a busy machine.
 */
const MAX_SYNTH_RATIO = 0.7;

const ITEM = { id: 'a', price: 1, name: 'x' };
const CONTRACT = 'function/items/contract.ts';
const FUNCTION = nameOf('http-crud-tutorial', 'function');
const READ = 'function/crud/tutorial/read.ts';
const STACK = 'stacks/crud-stack.ts';

let project: ProjectCopy;
let run: ItemsRun;

beforeAll(async () => {
  project = copyProject();
  run = await startItemsRun({ root: project.root, args: ['--watch'] });
  await sendJson(run.url, 'PUT', '/items', ITEM);
});

afterEach(async () => {
  if (project.restore()) await reloads(() => undefined);
});

afterAll(async () => {
  await run.stop();
  rmSync(project.root, { recursive: true, force: true });
});

/** Makes a change, and waits for the line about the reload. @returns the line */
async function reloads(change: () => void, pattern = /(reloaded|failed|unchanged) .*\n/): Promise<string> {
  const from = run.printed().length;
  change();
  return run.prints(pattern, from);
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Runs the app of a project as the local run does, with the caches of earlier runs. @returns the duration in ms */
function synthMs(root: string): number {
  const began = performance.now();
  execFileSync(process.execPath, ['app.cjs'], {
    cwd: root,
    env: { ...process.env, CDKTF_OUTDIR: path.join(root, 'cdktf.out'), LOCAL_RUN: '1' },
  });
  return performance.now() - began;
}

/** Sends a DELETE. The contract of `items` has the words of the answer. */
const deleteItem = async (url = run.url) => (await send(url, 'DELETE', '/items/none')).json as unknown;

test('a saved change of a function answers the next request, and tables keep their items', async () => {
  const other = copyProject();
  const reloadTimes: number[] = [];
  const synthTimes: number[] = [];
  let word = 'Deleted';
  for (let n = 0; n < 5; n += 1) {
    const next = `Removed${n}`;
    other.edit(CONTRACT, word, next);
    synthTimes.push(synthMs(other.root));
    const began = performance.now();
    project.edit(CONTRACT, word, next);
    // The file event needs a few milliseconds to reach the run. A person needs longer to send a request.
    await setTimeout(10);
    expect(await deleteItem()).toBe(`${next} item none`);
    reloadTimes.push(performance.now() - began);
    word = next;
  }
  rmSync(other.root, { recursive: true, force: true });
  const figures = (values: readonly number[]) => `${values.map((ms) => ms.toFixed(0)).join(', ')} ms`;
  const ratio = median(reloadTimes) / median(synthTimes);
  console.info(
    `save to answer: ${figures(reloadTimes)}; synth: ${figures(synthTimes)}; ratio of the medians: ${ratio.toFixed(2)}`,
  );
  expect(ratio).toBeLessThan(MAX_SYNTH_RATIO);
  expect(run.printed()).toMatch(
    new RegExp(`\\d\\d:\\d\\d:\\d\\d reloaded {2}${CONTRACT}, \\d+ ms\\n +items: code of ${FUNCTION}\\n`),
  );
  // The functions of the other stacks are not reloaded.
  expect(run.printed()).not.toContain(`code of ${nameOf('productFunction')}`);
  project.edit(CONTRACT, word, 'Deleted');
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
});

test('a truncated and rewritten file and another file, saved together, cause one reload', async () => {
  const source = project.read(READ);
  const from = run.printed().length;
  const text = await reloads(() => {
    project.overwrite(READ, `${source}\nconsole.error('read');\n`);
    project.edit(CONTRACT, 'Put item', 'Stored item');
  });
  expect(text).toMatch(/function\/crud\/tutorial\/read\.ts and 1 more, \d+ ms/);
  expect((await sendJson(run.url, 'PUT', '/items', ITEM)).json).toBe('Stored item a');
  await reloads(() => {
    project.overwrite(READ, source);
    project.edit(CONTRACT, 'Stored item', 'Put item');
  });
  await setTimeout(300);
  expect(
    run
      .printed()
      .slice(from)
      .match(/reloaded /g),
  ).toHaveLength(2);
});

test('a save that does not change the deployment reloads nothing', async () => {
  const from = run.printed().length;
  const undo = project.edit(READ, /^/, '/* only a comment */\n');
  await run.prints(/unchanged function\/crud\/tutorial\/read\.ts, \d+ ms: the deployment stays the same\n/, from);
  await send(run.url, 'GET', '/items/a');
  await reloads(undo);
});

test('a saved change of the bundler code changes all functions', async () => {
  const file = 'constructs/bundle/archive.ts';
  const undo = project.edit(file, '{ [file]: [code, OPTIONS] }', "{ [file]: [code, OPTIONS], 'other.js': [code, {}] }");
  await setTimeout(10);
  expect(await deleteItem()).toBe('Deleted item none');
  const printed = run.printed();
  expect(printed.slice(printed.lastIndexOf(file))).toContain(`code of ${nameOf('productFunction')}`);
  await reloads(undo, /reloaded .*\n/);
});

test('a request that started before a reload finishes with the old version', async () => {
  const undo = project.edit(
    'function/crud/tutorial/delete.ts',
    'await table.delete(id);',
    'await table.delete(id);\n    await new Promise((resolve) => setTimeout(resolve, 2000));',
  );
  await setTimeout(10);
  await deleteItem();
  const before = deleteItem();
  await setTimeout(100);
  const from = run.printed().length;
  undo();
  const undoWord = project.edit(CONTRACT, 'Deleted', 'Removed');
  await setTimeout(10);
  expect(await deleteItem()).toBe('Removed item none');
  expect(run.printed().slice(from)).toMatch(/reloaded/);
  expect(await before).toBe('Deleted item none');
  await reloads(undoWord);
});

test('a failed build prints the error and keeps the previous version; the corrected build is applied', async () => {
  const failed = run.printed().length;
  const undo = project.edit(READ, /^/, 'const broken = ;\n');
  const shown = await run.prints(/failed {4}.*\n[^]*ERROR.*\n/, failed);
  expect(shown).toMatch(/function\/crud\/tutorial\/read\.ts.*, \d+ ms: the previous version keeps serving\n/);
  expect(shown).toMatch(/function\/crud\/tutorial\/read\.ts:1:15: ERROR: Unexpected ";"/);
  expect(shown).not.toMatch(/\n\s+at /);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
  undo();
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
  const missing = run.printed().length;
  const undoImport = project.edit(READ, /^/, "import '../../new/thing';\n");
  await run.prints(/failed {4}[^]*Could not resolve "\.\.\/\.\.\/new\/thing"/, missing);
  const corrected = run.printed().length;
  mkdirSync(path.join(project.root, 'function/new'));
  writeFileSync(path.join(project.root, 'function/new/thing.ts'), "console.error('a new thing');\n");
  await run.prints(/reloaded {2}function\/new/, corrected);
  await send(run.url, 'GET', '/items/a');
  await run.prints(/a new thing/, corrected);
  await reloads(undoImport);
});

test('a failed synth prints the error of the stack or of the setting', async () => {
  const undo = project.edit(STACK, 'const tableName =', "throw new Error('no outputs today');\n    const tableName =");
  const shown = await reloads(() => undefined, /failed [^]*Error: no outputs today\n[^]*crud-stack\.ts:\d+/);
  expect(shown).not.toMatch(/node_modules|node:|\.cjs/);
  await reloads(undo, /unchanged .*: fixed; .*\n/);
  const undoSetting = project.edit('cdktf.json', '"context": {', '"context": {\n    "memoryMb": "1",');
  await reloads(() => undefined, /failed .*cdktf\.json[^]*A setting is wrong[^]*memoryMb/);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
  await reloads(undoSetting, /unchanged .*: fixed; .*\n/);
});

test('saved settings are applied', async () => {
  const undo = project.edit(
    'cdktf.json',
    '"context": {',
    '"context": {\n    "memoryMb": "512",\n    "functionPerRoute": "true",',
  );
  const added = new RegExp(`reloaded {2}cdktf\\.json[^]*\\+ function ${FUNCTION}-put[^]*\\n\\n?`);
  await reloads(() => undefined, added);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
  expect(run.printed()).toMatch(new RegExp(`${manager.name}: memory_size of aws_lambda_function\\.\\w+\n`));
  await reloads(undo, /reloaded .*\n/);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
});

test('a saved policy is applied: a removed action is denied', async () => {
  const undo = project.edit(
    'function/contract/needs.ts',
    "case 'read':\n      return ['dynamodb:GetItem'];",
    "case 'read':\n      return [];",
  );
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(500);
  const role = nameOf('http-crud-tutorial', 'role');
  await run.prints(new RegExp(`denied +${FUNCTION}: its role ${role} may not dynamodb:GetItem`));
  expect(run.printed()).toMatch(/items: policy of aws_iam_role_policy\.\w+\n/);
  undo();
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
});

test('added and removed routes and stacks are applied, and other tables keep their items', async () => {
  const productsUrl = run.outputs[products.name]?.['url'] as string;
  expect((await send(productsUrl, 'GET', '/prod/product')).status).toBe(200);
  const undo = project.edit('main.ts', ', products]', ']');
  await reloads(() => undefined, /- stack products\n/);
  await expect(send(productsUrl, 'GET', '/prod/product')).rejects.toThrow();
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
  const from = run.printed().length;
  undo();
  await run.prints(/\+ stack products at http:\/\/127\.0\.0\.1:\d+\S*\n/, from);
  const undoRoute = project.edit(CONTRACT, 'DELETE /items/{id}', 'DELETE /things/{id}');
  await setTimeout(10);
  expect((await send(run.url, 'DELETE', '/items/a')).status).toBe(404);
  undoRoute();
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
});
