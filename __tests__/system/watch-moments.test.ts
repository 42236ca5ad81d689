/** `npm start -- --watch` at difficult moments: the answer after a save always comes from the last saved version. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { send } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';
import { spawnLocalRun } from '../support/local-run';
import { copyProject, type ProjectCopy } from '../support/project-copy';

const CONTRACT = 'function/items/contract.ts';
/** The file that synthesizes. */
const RUN_APIS = 'stacks/run-apis.ts';

let project: ProjectCopy;
let run: ItemsRun;
/** The current word in the contract for the answer to DELETE. */
let word = 'Deleted';

beforeAll(() => {
  project = copyProject();
});

beforeEach(async () => {
  run = await startItemsRun({ root: project.root, args: ['--watch'] });
});

afterEach(async () => {
  await run.stop();
});

afterAll(() => rmSync(project.root, { recursive: true, force: true }));

function save(next: string): void {
  project.edit(CONTRACT, word, next);
  word = next;
}

/**
 * Expects the next answer to contain the saved word. Waits 10 ms first, until the file event has reached the run. A person
 * needs longer between a save and a request.
 */
async function expectSaved(): Promise<void> {
  await setTimeout(10);
  expect((await send(run.url, 'DELETE', '/items/none')).json).toBe(`${word} item none`);
}

test('a save during the previous reload is applied, at any moment of that reload', async () => {
  for (let n = 0; n < 16; n += 1) {
    save(`First${n}`);
    await setTimeout(10 + n * 25);
    save(`Second${n}`);
    await expectSaved();
  }
  // 32 reloads, on a machine that may be busy.
}, 180_000);

test('a temporary file of an editor just after the start does not delay a request', async () => {
  const file = path.join(project.root, 'function/items/sedabc');
  writeFileSync(file, '');
  rmSync(file);
  await setTimeout(10);
  const began = performance.now();
  await expectSaved();
  expect(performance.now() - began).toBeLessThan(3000);
});

test('the line about a save just after the start shows the duration of the reload', async () => {
  const began = performance.now();
  save('Early');
  const line = await run.prints(/reloaded .*, (\d+) ms/);
  const measured = performance.now() - began;
  const [, printed = ''] = /(\d+) ms/.exec(line) ?? [];
  expect(Number(printed)).toBeLessThan(measured);
  expect(Number(printed)).toBeGreaterThan(measured / 2);
  await expectSaved();
});

test('a save is applied after the process of the app was killed', async () => {
  await run.prints(/Ready/);
  await setTimeout(2000);
  const app = execFileSync('pgrep', ['-P', String(run.pid), '-f', 'app.cjs'], { encoding: 'utf8' });
  process.kill(Number(app), 'SIGKILL');
  await setTimeout(100);
  save('Revived');
  await expectSaved();
});

test('a missing import is resolved when its file is saved in a new folder', async () => {
  const folder = path.join(project.root, 'shared');
  const undo = project.edit(CONTRACT, /^/, "import '../../shared/word';\n");
  await run.prints(/failed .*contract\.ts[^]*Could not resolve/);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'word.ts'), 'export const word = ;');
  await run.prints(/failed .*shared[^]*Unexpected/);
  const printed = run.printed().length;
  writeFileSync(path.join(folder, 'word.ts'), 'export const word = 1;');
  await run.prints(/(reloaded|unchanged) .*shared\/word\.ts/, printed);
  undo();
  rmSync(folder, { recursive: true });
});

test('an app that writes source files and fails does not reload endlessly, and requests are answered', async () => {
  const undo = project.edit(
    RUN_APIS,
    'app.synth();',
    `const { mkdirSync, writeFileSync } = process.getBuiltinModule('node:fs');
    mkdirSync('generated', { recursive: true });
    writeFileSync(\`generated/types-\${Date.now()}.ts\`, '');
    throw new Error('It fails');`,
  );
  await run.prints(/generated[^]* changed during each of the last 6 synths, so the app seems to write it/);
  expect(run.printed()).toMatch(/failed .*It fails/s);
  expect(run.printed().match(/failed .*run-apis\.ts|failed .*generated/g)?.length).toBeLessThanOrEqual(6);
  expect((await send(run.url, 'GET', '/items')).status).toBe(200);
  const printed = run.printed().length;
  undo();
  await run.prints(/(reloaded|unchanged) .*run-apis\.ts/, printed);
  rmSync(path.join(project.root, 'generated'), { recursive: true });
});

test('a save is applied after an earlier save made the app hang', async () => {
  // Just after the start, the app runs in the background, and its failures are not printed. This reload waits for its end.
  save('Warm');
  await run.prints(/reloaded .*/);
  const running = path.join(project.root, '.running');
  const undo = project.edit(
    RUN_APIS,
    'app.synth();',
    `app.synth();
    setInterval(() => undefined, 1000);
    process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(running)}, '');`,
  );
  while (!existsSync(running)) await setTimeout(50);
  undo();
  save('Corrected');
  expect(await run.prints(/failed [^]*?\n.*\n/)).toMatch(
    /failed .*run-apis\.ts, [^]*The app does not end: it was stopped after/,
  );
  await expectSaved();
});

test('a reload succeeds when the outputs file cannot be written, and prints that error', async () => {
  rmSync(path.dirname(run.outputsFile), { recursive: true });
  const undo = project.edit(CONTRACT, 'DELETE /items/{id}', 'DELETE /gone/{id}');
  const printed = await run.prints(/--outputs-file [^]*reloaded .*/);
  expect(printed).toMatch(/outputs\.json still has the outputs from before the reload: ENOENT/);
  expect(run.printed()).not.toMatch(/failed/);
  undo();
});

test('a failed start leaves no process of the app and no temporary files', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'watch-'));
  const file = path.join(folder, 'data');
  writeFileSync(file, '');
  const temporary = path.join(folder, 'temporary');
  mkdirSync(temporary);
  const child = spawnLocalRun({
    root: project.root,
    settings: { TMPDIR: temporary },
    args: ['--watch', '--data', file],
  });
  const [status] = (await once(child, 'exit')) as [number];
  const remaining = readdirSync(temporary);
  await setTimeout(1500);
  expect([status, remaining, readdirSync(temporary)]).toEqual([1, [], []]);
  rmSync(folder, { recursive: true });
});
