/** `npm start -- --watch`, on a copy of the project: what is saved is what answers next. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { send, sendJson } from '../support/http';
import { type LocalRun, startLocalRun } from '../support/local-run';
import { copyProject, type ProjectCopy } from '../support/project-copy';

/**
 * From a save to its first answer, as part of what the app alone takes when it is started anew after the same save: loading,
 * synth and bundles. Seen: 0.3 to 0.4, also on a machine that does much else.
 */
const MAX_SYNTH_RATIO = 0.7;

const ITEM = { id: 'a', price: 1, name: 'x' };
const CONTRACT = 'function/items/contract.ts';
const GET = 'function/crud/get.ts';
const STACK = 'stacks/items-stack.ts';

let project: ProjectCopy;
let run: LocalRun;

beforeAll(async () => {
  project = copyProject();
  run = await startLocalRun({ root: project.root, args: ['--watch'] });
  await sendJson(run.url, 'PUT', '/items', ITEM);
});

afterEach(async () => {
  if (project.restore()) await reloads(() => undefined);
});

afterAll(async () => {
  await run.stop();
  rmSync(project.root, { recursive: true, force: true });
});

/** Does something, and waits for the line about it. */
async function reloads(change: () => void, pattern = /(reloaded|failed|unchanged) .*\n/): Promise<string> {
  const from = run.printed().length;
  change();
  return run.prints(pattern, from);
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Runs the app of a project as cdktf.json says, with all that is kept from run to run. @returns ms */
function synthMs(root: string): number {
  const began = performance.now();
  execFileSync(process.execPath, ['app.cjs'], {
    cwd: root,
    env: { ...process.env, CDKTF_OUTDIR: path.join(root, 'cdktf.out') },
  });
  return performance.now() - began;
}

/** What the deleting of an item answers: its words stand in the contract of `items`. */
const deleted = async (url = run.url) => (await send(url, 'DELETE', '/items/none')).json as unknown;

test('a saved change of a function is live at the next request; tables keep their items', async () => {
  const other = copyProject();
  const took: number[] = [];
  const synths: number[] = [];
  let word = 'Deleted';
  for (let n = 0; n < 5; n += 1) {
    const next = `Removed${n}`;
    other.edit(CONTRACT, word, next);
    synths.push(synthMs(other.root));
    const began = performance.now();
    project.edit(CONTRACT, word, next);
    // The first sign of it reaches the run within a millisecond or so; a person takes longer to the next request.
    await setTimeout(10);
    expect(await deleted()).toBe(`${next} item none`);
    took.push(performance.now() - began);
    word = next;
  }
  rmSync(other.root, { recursive: true, force: true });
  const figures = (values: readonly number[]) => `${values.map((ms) => ms.toFixed(0)).join(', ')} ms`;
  const ratio = median(took) / median(synths);
  console.info(`save to first answer: ${figures(took)}; a synth: ${figures(synths)}; medians: ${ratio.toFixed(2)}`);
  expect(ratio).toBeLessThan(MAX_SYNTH_RATIO);
  expect(run.printed()).toMatch(
    /\d\d:\d\d:\d\d reloaded {2}function\/items\/contract\.ts, \d+ ms\n +items: code of http-crud-tutorial-function\n/,
  );
  // The others were not touched.
  expect(run.printed()).not.toMatch(/code of productFunction/);
  project.edit(CONTRACT, word, 'Deleted');
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
});

test('a file that is truncated and written, and several files at once, are one reload each', async () => {
  const source = project.read(GET);
  const from = run.printed().length;
  const text = await reloads(() => {
    project.overwrite(GET, `${source}\nconsole.error('read');\n`);
    project.edit(CONTRACT, 'Put item', 'Stored item');
  });
  expect(text).toMatch(/function\/crud\/get\.ts and 1 more, \d+ ms/);
  expect((await sendJson(run.url, 'PUT', '/items', ITEM)).json).toBe('Stored item a');
  await reloads(() => {
    project.overwrite(GET, source);
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

test('a file that does not change what is deployed reloads nothing', async () => {
  const from = run.printed().length;
  const undo = project.edit(GET, /^/, '/* a comment is no code */\n');
  await run.prints(/unchanged function\/crud\/get\.ts, \d+ ms: what is deployed stays the same\n/, from);
  await send(run.url, 'GET', '/items/a');
  await reloads(undo);
});

test('a saved change of how functions are bundled is applied', async () => {
  const file = 'constructs/bundle.ts';
  const undo = project.edit(
    file,
    '.js`]: [code, ZIP_OPTIONS] }',
    ".js`]: [code, ZIP_OPTIONS], 'other.js': [code, {}] }",
  );
  await setTimeout(10);
  expect(await deleted()).toBe('Deleted item none');
  const printed = run.printed();
  expect(printed.slice(printed.lastIndexOf(file))).toMatch(/code of productFunction/);
  await reloads(undo, /reloaded .*\n/);
});

test('a request under way finishes on what it began with', async () => {
  const undo = project.edit(
    'function/items/index.ts',
    /export const handler = (.*);/,
    `const inner = $1;
    export const handler: typeof inner = async (event, context) => {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return inner(event, context);
    };`,
  );
  await setTimeout(10);
  await deleted();
  const before = deleted();
  await setTimeout(100);
  const from = run.printed().length;
  undo();
  const undoWord = project.edit(CONTRACT, 'Deleted', 'Removed');
  await setTimeout(10);
  expect(await deleted()).toBe('Removed item none');
  expect(run.printed().slice(from)).toMatch(/reloaded/);
  expect(await before).toBe('Deleted item none');
  await reloads(undoWord);
});

test('a broken build keeps the previous version serving and shows the error; the mended one is picked up', async () => {
  const failed = run.printed().length;
  const undo = project.edit(GET, /^/, 'const broken = ;\n');
  const shown = await run.prints(/failed {4}.*\n[^]*ERROR.*\n/, failed);
  expect(shown).toMatch(/function\/crud\/get\.ts.*, \d+ ms: the previous version keeps serving\n/);
  expect(shown).toMatch(/function\/crud\/get\.ts:1:15: ERROR: Unexpected ";"/);
  expect(shown).not.toMatch(/\n\s+at /);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
  undo();
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
  const missing = run.printed().length;
  const undoImport = project.edit(GET, /^/, "import '../new/thing';\n");
  await run.prints(/failed {4}[^]*Could not resolve "\.\.\/new\/thing"/, missing);
  const mended = run.printed().length;
  mkdirSync(path.join(project.root, 'function/new'));
  writeFileSync(path.join(project.root, 'function/new/thing.ts'), "console.error('a new thing');\n");
  await run.prints(/reloaded {2}function\/new/, mended);
  await send(run.url, 'GET', '/items/a');
  await run.prints(/a new thing/, mended);
  await reloads(undoImport);
});

test('a stack that fails to synthesize shows why; a setting at fault too', async () => {
  const undo = project.edit(STACK, 'this.createOutputs(api, routes);', "throw new Error('no outputs today');");
  const shown = await reloads(() => undefined, /failed [^]*Error: no outputs today\n[^]*items-stack\.ts:\d+/);
  expect(shown).not.toMatch(/node_modules|node:|\.cjs/);
  await reloads(undo, /unchanged .*: mended; .*\n/);
  const undoSetting = project.edit('cdktf.json', '"context": {', '"context": {\n    "memoryMb": "1",');
  await reloads(() => undefined, /failed .*cdktf\.json[^]*A setting is wrong[^]*memoryMb/);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
  await reloads(undoSetting, /unchanged .*: mended; .*\n/);
});

test('settings, throttles and environment', async () => {
  const undo = project.edit(
    'cdktf.json',
    '"context": {',
    '"context": {\n    "memoryMb": "512",\n    "functionPerRoute": "true",',
  );
  await reloads(() => undefined, /reloaded {2}cdktf\.json[^]*\+ function http-crud-tutorial-function-put[^]*\n\n?/);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
  expect(run.printed()).toMatch(/manager: memoryMb of LambdaFunctionOverHttps\n/);
  await reloads(undo, /reloaded .*\n/);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
});

test('the policy: an action that is no longer granted is denied', async () => {
  const undo = project.edit(
    'function/crud/contract.ts',
    "get: { actions: ['dynamodb:GetItem'] }",
    'get: { actions: [] }',
  );
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(500);
  await run.prints(/denied +http-crud-tutorial-function: its role http-crud-tutorial-role may not dynamodb:GetItem/);
  expect(run.printed()).toMatch(/items: policy of http-crud-tutorial-role\n/);
  undo();
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).status).toBe(200);
});

test('routes and stacks come and go; the items of a table that stays, stay', async () => {
  const products = run.outputs['products']?.['url'] as string;
  expect((await send(products, 'GET', '/prod/product')).status).toBe(200);
  const undo = project.edit('main.ts', ', ProductsStack]', ']');
  await reloads(() => undefined, /- stack products\n/);
  await expect(send(products, 'GET', '/prod/product')).rejects.toThrow();
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
  const from = run.printed().length;
  undo();
  await run.prints(/\+ stack products at http:\/\/127\.0\.0\.1:\d+\S*\n/, from);
  const undoRoute = project.edit(
    CONTRACT,
    "method: 'DELETE', path: '/items/{id}'",
    "method: 'DELETE', path: '/things/{id}'",
  );
  await setTimeout(10);
  expect((await send(run.url, 'DELETE', '/items/a')).status).toBe(404);
  undoRoute();
  await setTimeout(10);
  expect((await send(run.url, 'GET', '/items/a')).json).toEqual({ Item: ITEM });
});
