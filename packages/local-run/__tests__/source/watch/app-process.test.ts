/** The kept process of an app, with tiny apps: what becomes of it when it ends, hangs or fails. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AppProcess, type AppProcessOptions } from '../../../src/source/watch/app-process';

let root: string;
let app: AppProcess;
let synths = 0;

/** Writes which process it was, and no stack. */
const WRITES = `
const { mkdirSync, writeFileSync } = require('node:fs');
const out = process.env.CDKTF_OUTDIR;
mkdirSync(out, { recursive: true });
writeFileSync(out + '/manifest.json', JSON.stringify({ stacks: {}, version: require('./version') }));
writeFileSync(out + '/pid', String(process.pid));
`;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'app-'));
  mkdirSync(path.join(root, 'kept'));
  writeFileSync(path.join(root, 'cdktf.json'), JSON.stringify({ app: 'node main.js' }));
  save('version.js', 'module.exports = 1;');
  save('main.js', WRITES);
  start();
});

afterEach(async () => {
  await app.stop();
  rmSync(root, { recursive: true, force: true });
});

const save = (name: string, text: string) => writeFileSync(path.join(root, name), text);

function start(options: Partial<AppProcessOptions> = {}): void {
  app = new AppProcess({ folder: path.join(root, 'kept'), root, ...options });
}

/** @returns the process that did it, and the version that it saw */
async function synth(): Promise<{ pid: number; version: number }> {
  synths += 1;
  const out = path.join(root, `out-${synths}`);
  await app.synth(out);
  const read = (name: string) => readFileSync(path.join(out, name), 'utf8');
  return { pid: Number(read('pid')), ...(JSON.parse(read('manifest.json')) as { version: number }) };
}

const error = async () => ((await synth().catch((thrown: unknown) => thrown)) as Error).message;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('later runs are of the same process, and see what was saved', async () => {
  const first = await synth();
  save('version.js', 'module.exports = 2;');
  expect(await synth()).toMatchObject({ pid: first.pid, version: 2 });
  await app.stop();
  expect(isAlive(first.pid)).toBe(false);
  expect(await error()).toMatch(/has ended/);
});

test('later runs find a module where it is by then', async () => {
  const first = await synth();
  rmSync(path.join(root, 'version.js'));
  mkdirSync(path.join(root, 'version'));
  save('version/index.js', 'module.exports = 2;');
  expect(await synth()).toMatchObject({ pid: first.pid, version: 2 });
  // Stands before the folder, and in turn before the other file.
  save('version.json', '3');
  expect(await synth()).toMatchObject({ pid: first.pid, version: 3 });
  save('version.js', 'module.exports = 4;');
  expect(await synth()).toMatchObject({ pid: first.pid, version: 4 });
});

test('later runs see where a link leads by then', async () => {
  for (const version of [1, 2]) {
    mkdirSync(path.join(root, `lib-v${version}`));
    save(`lib-v${version}/index.js`, `module.exports = ${version};`);
  }
  // The commonest name: it begins as that of what it leads to.
  const link = path.join(root, 'lib');
  symlinkSync('lib-v1', link);
  save('version.js', "module.exports = require('./lib');");
  expect(await synth()).toMatchObject({ version: 1 });
  rmSync(link);
  symlinkSync('lib-v2', link);
  expect(await synth()).toMatchObject({ version: 2 });
});

test('later runs see what package.json says by then', async () => {
  for (const version of [1, 2]) save(`v${version}.js`, `module.exports = ${version};`);
  const imports = (version: number) =>
    save('package.json', JSON.stringify({ imports: { '#version': `./v${version}.js` } }));
  imports(1);
  save('version.js', "module.exports = require('#version');");
  expect(await synth()).toMatchObject({ version: 1 });
  imports(2);
  expect(await synth()).toMatchObject({ version: 2 });
});

test('later runs see what was saved beside the project, and say that they used it', async () => {
  const beside = `${root}-beside`;
  mkdirSync(beside);
  try {
    const version = path.join(beside, 'version.js');
    writeFileSync(version, 'module.exports = 1;');
    save('version.js', `module.exports = require(${JSON.stringify(version)});`);
    const first = await synth();
    writeFileSync(version, 'module.exports = 2;');
    expect(await synth()).toMatchObject({ pid: first.pid, version: 2 });
    const { files } = await app.synth(path.join(root, 'out'));
    expect([...files].sort()).toEqual(
      [version, ...['main.js', 'version.js'].map((name) => path.join(root, name))].sort(),
    );
  } finally {
    rmSync(beside, { recursive: true });
  }
});

test.each([0, 200])('a process that is killed while it is idle is started anew, %s ms later', async (ms) => {
  const { pid } = await synth();
  process.kill(pid, 'SIGKILL');
  if (ms > 0) await setTimeout(ms);
  save('version.js', 'module.exports = 2;');
  const second = await synth();
  expect(second).toMatchObject({ version: 2 });
  expect(second.pid).not.toBe(pid);
  expect(await synth()).toEqual(second);
});

test('one that ends by itself is started anew each time', async () => {
  save('main.js', `${WRITES}process.exit();`);
  const { pid } = await synth();
  expect((await synth()).pid).not.toBe(pid);
  save('main.js', "console.error('not today'); process.exit(3);");
  expect(await error()).toBe('not today');
  save('main.js', 'process.exit(3);');
  expect(await error()).toBe('The app (exec node main.js) ended with status 3.');
  save('main.js', "process.kill(process.pid, 'SIGKILL');");
  expect(await error()).toBe('The app (exec node main.js) was ended by SIGKILL.');
});

test.each([
  ['a loop without end', 'while (true);'],
  ['an open timer', "console.error('it ticks'); setInterval(() => undefined, 1000);"],
])('%s is given up, and the mended app runs', async (_name, text) => {
  start({ mostMs: 400 });
  const { pid } = await synth();
  save('main.js', text);
  expect(await error()).toMatch(/^The app does not end: it was given up after \d s\. .*(\nit ticks)?$/);
  expect(isAlive(pid)).toBe(false);
  save('main.js', WRITES);
  expect(await synth()).toMatchObject({ version: 1 });
});

test('a run that does not end is given up sooner when another one waits', async () => {
  start({ hurriedMs: 400 });
  await synth();
  save('main.js', 'while (true);');
  const failed = error();
  app.hurry();
  expect(await failed).toMatch(/does not end/);
});

test('all that an app printed is there, and why it failed, once', async () => {
  await synth();
  const lines = 2000;
  save('main.js', `for (let n = 0; n < ${lines}; n += 1) console.error('line ' + n); throw new Error('not today');`);
  for (let n = 0; n < 20; n += 1) {
    const text = await error();
    expect(text.match(/line \d+\n/g)).toHaveLength(lines);
    expect(text.match(/Error: not today/g)).toHaveLength(1);
  }
});
