/** `npm start` to the first answer, step by step: when nothing has changed since the last run, and from nothing built. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Benchmark, type BenchmarkOptions, median, table } from './benchmark';

const ROOT = path.join(__dirname, '..');

const VARIANTS = ['nothing changed', 'nothing built'] as const;

/** Ends of the steps, in ms from the start of npm. */
type Steps = readonly [npm: number, ready: number, answer: number];

async function run({ quick, progress }: BenchmarkOptions): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-start-'));
  const rounds = quick ? 1 : 11;
  const all: Record<(typeof VARIANTS)[number], Steps[]> = { 'nothing changed': [], 'nothing built': [] };
  try {
    progress('once, so that all is cached');
    await start(path.join(folder, 'kept'));
    for (let round = 1; round <= rounds; round += 1) {
      for (const variant of VARIANTS) {
        progress(`round ${round}/${rounds}: ${variant}`);
        all[variant].push(await start(path.join(folder, variant === 'nothing changed' ? 'kept' : String(round))));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
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
    table(['', 'npm and loading ms', 'starting ms', 'first answer ms', 'in all ms'], rows),
    '',
    `From the start of npm to the answer to \`GET /items\` (a cold start of the function); medians of ${rounds}. Starting: synth, or what an`,
    'earlier one wrote; tables, servers, functions.',
  ].join('\n');
}

/** @param cache folder for what is kept from run to run */
async function start(cache: string): Promise<Steps> {
  const began = performance.now();
  const ends: number[] = [];
  const env = { ...process.env, SERVERLESS_CRUD_CACHE: cache };
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0'], { cwd: ROOT, env });
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
  return ends as unknown as Steps;
}

export const startBenchmark: Benchmark = { name: 'start', title: 'npm start', run };
