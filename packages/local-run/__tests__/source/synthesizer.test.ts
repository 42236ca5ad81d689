/** Runs tiny apps in real processes: any command that writes `$CDKTF_OUTDIR/manifest.json`. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SynthError } from '../../src/source/synth-error';
import { Synthesizer, type SynthesizerOptions } from '../../src/source/synthesizer';

/** Writes a manifest with a word of the app, the id of its process, and whether CDKTF was loaded before the app ran. */
const APP = `
const { mkdirSync, writeFileSync } = require('node:fs');
const preloaded = Object.keys(require.cache).some((name) => name.includes('constructs'));
const { loads } = require('constructs');
const { word } = require('./word.js');
mkdirSync(process.env.CDKTF_OUTDIR, { recursive: true });
const context = JSON.parse(process.env.CDKTF_CONTEXT_JSON);
const manifest = { word, preloaded, loads: loads(), pid: process.pid, context };
writeFileSync(process.env.CDKTF_OUTDIR + '/manifest.json', JSON.stringify(manifest));
`;

interface Manifest {
  readonly word: string;
  /** Whether CDKTF was loaded before the app ran. */
  readonly preloaded: boolean;
  readonly loads: number;
  readonly pid: number;
  readonly context: Readonly<Record<string, unknown>>;
}

let folder: string;
let root: string;
let synthesizer: Synthesizer;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'synthesizer-'));
  root = path.join(folder, 'app');
  put('cdktf.json', '{ "app": "node main.js", "context": { "size": "1" } }');
  put('main.js', APP);
  put('word.js', "exports.word = 'one';");
  put('node_modules/constructs/index.js', 'let count = 0; exports.loads = () => (count += 1);');
  create();
});

afterEach(async () => {
  await synthesizer.stop();
  expect(processesOf(folder)).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function create(options: Partial<SynthesizerOptions> = {}): void {
  const folders = { folder: root, workFolder: path.join(folder, 'work'), cacheFolder: path.join(folder, 'cache') };
  synthesizer = new Synthesizer({ ...folders, ...options });
}

async function synth(): Promise<Manifest> {
  const { out } = await synthesizer.synth();
  return JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as Manifest;
}

/** Lists the processes whose CDKTF_OUTDIR begins with the folder. Each line begins with the process id. */
function processesOf(name: string): string[] {
  const lines = execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split(
    '\n',
  );
  return lines.filter((line) => line.includes(`CDKTF_OUTDIR=${name}`)).map((line) => line.trim());
}

/** Starts the spare process, and gives it time to load CDKTF. */
async function prepareSpare(): Promise<void> {
  synthesizer.prepare();
  await setTimeout(300);
}

/** Synthesizes. @returns the message of the SynthError */
async function failure(): Promise<string> {
  const error: unknown = await synthesizer.synth().catch((error: unknown) => error);
  expect(error).toBeInstanceOf(SynthError);
  return (error as SynthError).message;
}

describe('fails for', () => {
  test('a folder without cdktf.json', async () => {
    rmSync(path.join(root, 'cdktf.json'));
    expect(await failure()).toMatch(/There is no CDKTF app to run: .*cdktf\.json cannot be read \(ENOENT\)/);
  });

  test('a cdktf.json that is not JSON', async () => {
    put('cdktf.json', '{ "app": ');
    expect(await failure()).toMatch(/cdktf\.json is not valid JSON: /);
  });

  test.each(['{}', '{ "app": "" }', '{ "app": 1 }'])('a cdktf.json without a command: %s', async (text) => {
    put('cdktf.json', text);
    expect(await failure()).toMatch(/cdktf\.json has no command to run: "app" is (missing|""|1)\. Set "app" /);
  });

  test.each(['null', '[]', '"text"', '1'])('a cdktf.json that is %s', async (text) => {
    put('cdktf.json', text);
    expect(await failure()).toBe(
      `${path.join(root, 'cdktf.json')} is ${text}. Write a JSON object with "app", as \`cdktf init\` does.`,
    );
  });

  test.each(['null', '["a"]', '"str"'])('a cdktf.json whose context is %s', async (context) => {
    put('cdktf.json', `{ "app": "node main.js", "context": ${context} }`);
    expect(await failure()).toBe(
      `"context" in ${path.join(root, 'cdktf.json')} is ${context}. Set it to a JSON object, such as { "memoryMb": "512" }.`,
    );
  });

  test('an app that fails, with its output without the stack frames of packages', async () => {
    put('main.js', "console.log('Reading settings'); throw new Error('size is wrong');");
    const message = await failure();
    expect(message).toMatch(/Reading settings[^]*Error: size is wrong\n\s+at .*main\.js:1/);
    expect(message).not.toMatch(/node:internal|Node\.js v/);
  });

  test('an app that fails without output', async () => {
    put('main.js', 'process.exit(3);');
    expect(await failure()).toBe(
      `The app (node main.js) ended with status 3 and printed nothing. Run it in ${root} to see why.`,
    );
  });

  test('an app that was killed while it wrote its record, with its output', async () => {
    const write = "require('node:fs').writeFileSync(process.env.LOCAL_RUN_RECORD_FILE, '{ \"argv');";
    put('main.js', `console.log('size is wrong'); ${write} process.kill(process.pid, 'SIGKILL');`);
    expect(await failure()).toContain('size is wrong');
  });

  test('an app that writes no manifest', async () => {
    put('main.js', "console.log('done');");
    expect(await failure()).toMatch(/The app \(node main\.js\) wrote no manifest\.json to [^]*\ndone$/);
  });
});

test('synthesizes an app after its error was fixed', async () => {
  put('main.js', 'process.exit(3);');
  await failure();
  put('main.js', APP);
  expect((await synth()).word).toBe('one');
});

test('passes the context of cdktf.json and the path of that file', async () => {
  const { context } = await synth();
  expect(context).toEqual({ size: '1', cdktfJsonPath: path.join(root, 'cdktf.json'), cdktfRelativeModules: [] });
});

test('passes the relative Terraform modules of cdktf.json', async () => {
  const file = JSON.parse(readFileSync(path.join(root, 'cdktf.json'), 'utf8')) as object;
  const queue = { name: 'queue', source: './modules/queue' };
  put(
    'cdktf.json',
    JSON.stringify({ ...file, terraformModules: [queue, '../topic', 'terraform-aws-modules/vpc/aws', null, {}] }),
  );
  expect((await synth()).context).toMatchObject({ cdktfRelativeModules: [queue, '../topic'] });
});

test('runs an unchanged app only once, also for a later Synthesizer', async () => {
  const first = await synth();
  expect(await synth()).toEqual(first);
  create();
  expect(await synth()).toEqual(first);
  put('word.js', "exports.word = 'two';");
  expect((await synth()).word).toBe('two');
});

test('runs an unchanged app again with `cache: false`', async () => {
  const { pid } = await synth();
  create({ cache: false });
  expect((await synth()).pid).not.toBe(pid);
});

test('returns what the app printed, also from the cache', async () => {
  put('main.js', `${APP}console.log('a line'); console.error('a warning');`);
  const { output } = await synthesizer.synth();
  expect(output.split('\n').sort()).toEqual(['a line', 'a warning']);
  create();
  expect((await synthesizer.synth()).output).toBe(output);
});

test('decodes a character that the app prints in two parts', async () => {
  const print = (byte: number) => `process.stdout.write(Buffer.from([${byte}]));`;
  put('main.js', `${APP}${print(0xc3)} setTimeout(() => { ${print(0xa9)} }, 100);`);
  expect((await synthesizer.synth()).output).toBe('é');
});

test('does not cache the output when a file changed during the synth', async () => {
  put('main.js', `${APP}writeFileSync('written.txt', String(process.pid));`);
  const first = await synth();
  const second = await synth();
  expect(second.pid).not.toBe(first.pid);
});

test('does not cache the output when a file was saved during the synth and the save was undone', async () => {
  put('main.js', `${APP}writeFileSync('../read', ''); setTimeout(() => undefined, 300);`);
  const first = synth();
  put('word.js', "exports.word = 'two';");
  while (!existsSync(path.join(folder, 'read'))) await setTimeout(20);
  put('word.js', "exports.word = 'one';");
  expect((await first).word).toBe('two');
  expect((await synth()).word).toBe('one');
});

test('a spare process has loaded CDKTF, and runs files that were saved after its start', async () => {
  const first = await synth();
  expect(first).toMatchObject({ word: 'one', preloaded: false });
  for (const word of ['two', 'three']) {
    await prepareSpare();
    put('word.js', `exports.word = '${word}';`);
    put('cdktf.json', `{ "app": "node main.js", "context": { "size": "${word}" } }`);
    const manifest = await synth();
    expect(manifest).toMatchObject({ word, preloaded: true, loads: 1, context: { size: word } });
  }
});

test('does not use a spare process for another command', async () => {
  await synth();
  await prepareSpare();
  put('other.js', APP.replace('word,', "word: 'other',"));
  put('cdktf.json', '{ "app": "node other.js" }');
  expect(await synth()).toMatchObject({ word: 'other', preloaded: false });
});

test('replaces a spare process that was killed', async () => {
  await synth();
  await prepareSpare();
  const [line = ''] = processesOf(folder);
  process.kill(Number.parseInt(line, 10), 'SIGKILL');
  await setTimeout(100);
  put('word.js', "exports.word = 'two';");
  expect(await synth()).toMatchObject({ word: 'two', preloaded: false });
  await prepareSpare();
  put('word.js', "exports.word = 'three';");
  expect(await synth()).toMatchObject({ word: 'three', preloaded: true });
});

test('synthesizes an app that calls process.exit, also in a spare process', async () => {
  put('main.js', `${APP}process.exit(0);`);
  expect((await synth()).word).toBe('one');
  await prepareSpare();
  put('word.js', "exports.word = 'two';");
  expect(await synth()).toMatchObject({ word: 'two', preloaded: true });
});

test('after the timeout, stops an app that does not end', async () => {
  create({ timeoutMs: 300 });
  await synth();
  put('main.js', `${APP}console.log('waiting'); setInterval(() => undefined, 1000);`);
  expect(await failure()).toMatch(/The app does not end: it was stopped after \d+ s\. [^]*waiting/);
  put('main.js', APP);
  expect((await synth()).word).toBe('one');
});

test('a newer save shortens the timeout of an app that does not end', async () => {
  create({ timeoutMs: 60_000, outdatedTimeoutMs: 100 });
  await synth();
  put('main.js', `${APP}setInterval(() => undefined, 1000);`);
  const message = failure();
  await setTimeout(100);
  synthesizer.expire();
  expect(await message).toMatch(/The app does not end/);
});

test('stop() ends a running app and its child processes', async () => {
  const child = "require('node:child_process').spawn('sleep', ['1000'], { stdio: 'inherit' });";
  put('main.js', `${child} require('node:fs').writeFileSync('started', ''); setInterval(() => undefined, 1000);`);
  const result = failure();
  while (!existsSync(path.join(root, 'started'))) await setTimeout(20);
  expect(processesOf(folder).length).toBeGreaterThanOrEqual(2);
  await synthesizer.stop();
  expect(processesOf(folder)).toEqual([]);
  expect(await result).toMatch(/was ended by SIGTERM/);
});

test('stop() ends a spare process, and prepare() starts no other spare process', async () => {
  await synth();
  await prepareSpare();
  expect(processesOf(folder)).not.toEqual([]);
  await synthesizer.stop();
  expect(processesOf(folder)).toEqual([]);
  synthesizer.prepare();
  expect(processesOf(folder)).toEqual([]);
});
