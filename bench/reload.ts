/** Measures the time from a save to the first answer, with `npm start -- --watch`: for a file of a function, and of a stack. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Benchmark, type BenchmarkOptions, median, table } from './benchmark';

const ROOT = path.join(__dirname, '..');

/** The files that the app reads. */
const COPIED = [
  ...['.gitignore', 'app.cjs', 'cdktf.json', 'main.ts', 'package.json', 'tsconfig.json'],
  ...['constructs', 'function', 'packages/lean-dynamodb', 'stacks'],
];

/** The saved files: `function` is part of the bundles of `items` and `products`; `stack` is part of no bundle. */
const SAVED = { function: 'function/crud/tutorial/read.ts', stack: 'stacks/names.ts' } as const;

/** Pause before each save. During the pause, the run starts the next spare process. */
const PAUSE_MS = 1500;

/** Pause between a save and the request. The run notices a save within this time. A person needs longer to send a request. */
const REQUEST_DELAY_MS = 20;

async function run({ quick, progress }: BenchmarkOptions): Promise<string> {
  const rounds = quick ? 2 : 11;
  const project = copyProject();
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'packages/local-run/bin/local-run.cjs'), '--watch', '--port', '0'],
    { cwd: project },
  );
  const exited = once(child, 'exit');
  try {
    const url = await readyUrl(child);
    const times: Record<keyof typeof SAVED, number[]> = { function: [], stack: [] };
    for (let round = 1; round <= rounds; round += 1) {
      for (const kind of ['function', 'stack'] as const) {
        progress(`round ${round}/${rounds}: ${kind}`);
        await setTimeout(PAUSE_MS);
        times[kind].push(await saveToAnswer(path.join(project, SAVED[kind]), round, url));
      }
    }
    const rows = (['function', 'stack'] as const).map((kind) => [
      `\`${SAVED[kind]}\``,
      median(times[kind]).toFixed(0),
      `${Math.min(...times[kind]).toFixed(0)} - ${Math.max(...times[kind]).toFixed(0)}`,
    ]);
    return [
      table(['saved file', 'ms to the first answer', 'range'], rows),
      '',
      `Medians of ${rounds} saves with \`npm start -- --watch\`, from the save to the answer of \`GET /items\`, which is sent ${REQUEST_DELAY_MS} ms`,
      'after the save. The app runs after each save. The first file is part of the bundles of `items` and `products`, which are then',
      'built; the second is part of no bundle.',
    ].join('\n');
  } finally {
    child.kill();
    await exited;
    rmSync(project, { recursive: true, force: true });
  }
}

function copyProject(): string {
  const project = mkdtempSync(path.join(os.tmpdir(), 'bench-reload-'));
  for (const name of COPIED) {
    const filter = (file: string) => !['node_modules', '__tests__'].includes(path.basename(file));
    cpSync(path.join(ROOT, name), path.join(project, name), { recursive: true, filter });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'));
  return project;
}

/** Waits until the run is ready. @returns the address of `items` */
function readyUrl(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (status) => reject(new Error(`The local run ended with ${status}:\n${text}`)));
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Ready in')) resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '');
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}

async function saveToAnswer(file: string, round: number, url: string): Promise<number> {
  const before = readFileSync(file, 'utf8');
  const began = performance.now();
  // A statement with an effect, which esbuild cannot remove from a bundle.
  writeFileSync(file, `${before}\nprocess.env['BENCH_ROUND'] = '${round} at ${Date.now()}';\n`);
  await setTimeout(REQUEST_DELAY_MS);
  const response = await fetch(`${url}/items`);
  await response.text();
  const milliseconds = performance.now() - began;
  if (!response.ok) throw new Error(`GET ${url}/items: ${response.status}`);
  return milliseconds;
}

export const reloadBenchmark: Benchmark = { name: 'reload', title: 'Reload', run };
