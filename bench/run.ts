/**
 * `npm run bench`: runs the benchmarks, or those that are named, prints their tables and writes them to docs/benchmarks.md.
 * `--quick`: a few seconds each, and nothing is written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark';
import { functionBenchmark } from './function';
import { localBenchmark } from './local';
import { startBenchmark } from './start';
import { synthBenchmark } from './synth';

const BENCHMARKS: readonly Benchmark[] = [functionBenchmark, synthBenchmark, startBenchmark, localBenchmark];

const FILE = path.join(__dirname, '../docs/benchmarks.md');

const HEAD = `# Benchmarks

Written by \`npm run bench\`; \`npm run bench -- --quick\` is for a quick look, and \`npm run bench -- function\` runs one alone.
`;

function machine(): string {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const load = os.loadavg()[0]?.toFixed(1);
  return (
    `_${new Date().toISOString().slice(0, 10)}, ${cpu?.model.trim()}, ${os.cpus().length} cores, ${memory} GB, ` +
    `${os.type()} ${os.arch()}, Node.js ${process.versions.node}; load average at the start ${load}._`
  );
}

/** One line that is written over, where there is a terminal; otherwise a line each time that something else begins. */
function progressOf(name: string): (text: string) => void {
  let last = '';
  return (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${name}: ${text}`);
    else if (text.split(':')[0] !== last) process.stderr.write(`${name}: ${text}\n`);
    last = text.split(':')[0] ?? '';
  };
}

/** Puts parts in the place of those with the same heading; the others stay as an earlier run left them. */
function merged(before: string, parts: readonly string[]): string {
  const kept = new Map(
    before
      .split(/^(?=## )/m)
      .slice(1)
      .map((part) => [part.split('\n')[0], part.trimEnd()]),
  );
  for (const part of parts) kept.set(part.split('\n')[0], part);
  return [HEAD, ...kept.values()].join('\n').replaceAll(/\n+(?=## )/g, '\n\n') + '\n';
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const known = BENCHMARKS.map(({ name }) => name);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}.`);
    process.exit(2);
  }
  const parts: string[] = [];
  for (const benchmark of BENCHMARKS) {
    if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
    const about = machine();
    const report = await benchmark.run({ quick: values.quick, progress: progressOf(benchmark.name) });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    parts.push([`## ${benchmark.title}`, '', about, '', report].join('\n'));
    console.log(`\n${parts.at(-1)}`);
  }
  if (values.quick) return;
  writeFileSync(FILE, merged(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '', parts));
  console.log(`\nWritten to ${path.relative(process.cwd(), FILE)}.`);
}

void main();
