/** Saves files while a small app without stacks runs. Processes, file events, engine and DynamoDB are real. */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Engine } from '../../src/engine/engine';
import { ReloadBarrier } from '../../src/engine/reload-barrier';
import { type Reload, Watch } from '../../src/engine/watch';
import { type Dynamodb, startDynamodb } from '../../src/services/dynamodb/dynamodb';
import { CdktfSource } from '../../src/source/cdktf-source';
import { Synthesizer } from '../../src/source/synthesizer';
import { createEngine } from '../support/engine';

/** Appends `begin` to runs.log when it begins, and the content of word.txt when it ends. Runs long enough for a save. */
const APP = `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const word = readFileSync('word.txt', 'utf8');
appendFileSync('../runs.log', 'begin\\n');
setTimeout(() => {
  mkdirSync(process.env.CDKTF_OUTDIR, { recursive: true });
  writeFileSync(process.env.CDKTF_OUTDIR + '/manifest.json', '{ "stacks": {} }');
  appendFileSync('../runs.log', word + '\\n');
}, 400);
`;

let folder: string;
let root: string;
let dynamodb: Dynamodb;
let engine: Engine;
let watch: Watch;
let faults: string[];
let reloads: Reload[];

beforeAll(async () => {
  dynamodb = await startDynamodb(undefined, (text) => console.error(text));
});

afterAll(() => dynamodb.stop());

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'watch-'));
  root = path.join(folder, 'app');
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  put('cdktf.json', '{ "app": "node main.js" }');
  put('main.js', APP);
  put('word.txt', 'start');
  [faults, reloads] = [[], []];
});

afterEach(async () => {
  await watch.stop();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  writeFileSync(path.join(root, name), text);
}

function runs(): string[] {
  const file = path.join(folder, 'runs.log');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

const begun = () => runs().filter((line) => line === 'begin').length;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(20);
}

/** Synthesizes once, then watches. */
async function start(): Promise<void> {
  const source = new CdktfSource(
    new Synthesizer({
      folder: root,
      workFolder: path.join(folder, 'work'),
      cacheFolder: path.join(folder, 'cache'),
    }),
  );
  const barrier = new ReloadBarrier(60_000);
  engine = createEngine(dynamodb, barrier, folder);
  watch = new Watch({
    barrier,
    source,
    onReload: (reload) => reloads.push(reload),
    onAppOutput: () => undefined,
    onFault: (text) => faults.push(text),
  });
  const { stacks, snapshot } = await source.load();
  await engine.apply(stacks);
  await watch.begin(engine, snapshot);
}

test('applies the last of several saves, each during a synth', async () => {
  await start();
  put('word.txt', 'save 0');
  for (let save = 1; save <= 4; save += 1) {
    await until(() => begun() === save + 1);
    await setTimeout(100);
    put('word.txt', `save ${save}`);
  }
  await until(() => runs().at(-1) === 'save 4');
  expect(faults).toEqual([]);
});

test('applies a save during the pause before a synth immediately', async () => {
  await start();
  put('word.txt', 'save 0');
  for (let save = 1; save <= 3; save += 1) {
    await until(() => begun() === save + 1);
    await setTimeout(100);
    put('word.txt', `save ${save}`);
  }
  await until(() => runs().at(-1) === 'save 2');
  await setTimeout(300);
  expect(runs().at(-1)).toBe('save 2');
  const savedAt = performance.now();
  put('word.txt', 'last');
  await until(() => runs().at(-1) === 'last');
  expect(runs()).not.toContain('save 3');
  expect(reloads.at(-1)?.milliseconds).toBeGreaterThan(performance.now() - savedAt);
});

test('stops synthesizing an app that writes a file of the project at each run, and reports the file', async () => {
  put('main.js', `${APP}appendFileSync('generated.txt', 'x');`);
  await start();
  await until(() => faults.length > 0);
  expect(faults).toEqual([
    expect.stringMatching(/^generated\.txt changed during each of the last 6 synths, so the app/),
  ]);
  const count = begun();
  await setTimeout(1000);
  expect([begun(), faults.length]).toEqual([count, 1]);
  appendFileSync(path.join(root, 'word.txt'), ' and more');
  await until(() => runs().at(-1) === 'start and more');
});
