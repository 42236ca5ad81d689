/** Measures the time from `npm start` to the first answer, with and without the caches of an earlier run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Benchmark, type BenchmarkOptions, median, table } from './benchmark';
import { removeCaches } from './caches';

const ROOT = path.join(__dirname, '..');

/** The variants in their order: the run without caches fills them for the next run. */
const VARIANTS = ['nothing built', 'nothing changed'] as const;

/** The end of each step, in ms since the start of npm. */
type StepEnds = readonly [npm: number, ready: number, answer: number];

async function run({ quick, progress }: BenchmarkOptions): Promise<string> {
  const rounds = quick ? 1 : 11;
  const all: Record<(typeof VARIANTS)[number], StepEnds[]> = { 'nothing built': [], 'nothing changed': [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const variant of VARIANTS) {
      progress(`round ${round}/${rounds}: ${variant}`);
      if (variant === 'nothing built') removeCaches();
      all[variant].push(await start());
    }
  }
  const rows = VARIANTS.map((variant) => {
    const steps = [0, 1, 2].map((step) =>
      median(all[variant].map((ends) => (ends[step] ?? 0) - (step === 0 ? 0 : (ends[step - 1] ?? 0)))),
    );
    return [variant, ...steps, median(all[variant].map(([, , answer]) => answer))].map((cell) =>
      typeof cell === 'number' ? cell.toFixed(0) : cell,
    );
  });
  return [
    table(['', 'npm and loading ms', 'starting ms', 'first answer ms', 'total ms'], rows),
    '',
    `Medians of ${rounds}. "npm and loading": until the first line of output. "starting": synth or its cached output, tables, servers.`,
    '"first answer": `GET /items`, a cold start of the function.',
  ].join('\n');
}

async function start(): Promise<StepEnds> {
  const began = performance.now();
  const ends: number[] = [];
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0'], { cwd: ROOT });
  const exited = once(child, 'exit');
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    void exited.then(() => reject(new Error(`npm start ended:\n${text}`)));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (ends.length === 0) ends.push(performance.now() - began);
      if (ends.length > 1 || !text.includes('Ready in')) return;
      ends.push(performance.now() - began);
      resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '');
    });
  });
  const response = await fetch(`${url}/items`);
  await response.text();
  ends.push(performance.now() - began);
  child.kill();
  await exited;
  if (!response.ok) throw new Error(`GET ${url}/items: ${response.status}`);
  return ends as unknown as StepEnds;
}

export const startBenchmark: Benchmark = { name: 'start', title: 'npm start', run };
