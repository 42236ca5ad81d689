/** `npm run bench`: runs benchmarks, prints their tables, and writes them to docs/performance.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from '../scripts/cli';
import type { Benchmark } from './benchmark';
import { functionBenchmark } from './function';
import { localBenchmark } from './local';
import { reloadBenchmark } from './reload';
import { startBenchmark } from './start';
import { synthBenchmark } from './synth';
import { terraformBenchmark } from './terraform';

const BENCHMARKS: readonly Benchmark[] = [
  functionBenchmark,
  synthBenchmark,
  startBenchmark,
  reloadBenchmark,
  terraformBenchmark,
  localBenchmark,
];

const FILE = path.join(__dirname, '../docs/performance.md');

const NAMES = BENCHMARKS.map(({ name }) => name);

const HELP = `Runs benchmarks, prints their tables, and writes them to docs/performance.md.

  npm run bench -- [--quick] [NAME ...]

  NAME     runs only these benchmarks: ${NAMES.join(', ')} (default: all)
  --quick  runs each benchmark for a few seconds, and does not write docs/performance.md
  --help   shows this help
`;

const HEAD = `# Performance

This page shows how fast the function, synth, \`npm start\`, a reload, Terraform folders and the local run are, beside alternatives. \`npm run bench\`
measures all of them on your machine, and writes this page:

\`\`\`
npm run bench                 # all benchmarks: about 25 minutes
npm run bench -- local        # one benchmark: function, synth, start, reload, terraform or local
npm run bench -- --quick      # a few seconds each; does not write this page
\`\`\`

Compare figures within a section only: each section names the machine and the load that it was measured under.
A row \`a / b\` divides the figures of a by those of b.
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

/** Prints progress: overwrites one line on a terminal; otherwise, prints a line for each new step. */
function progressOf(name: string): (text: string) => void {
  let last = '';
  return (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${name}: ${text}`);
    else if (text.split(':')[0] !== last) process.stderr.write(`${name}: ${text}\n`);
    last = text.split(':')[0] ?? '';
  };
}

/** Replaces the section of a benchmark in the page, and keeps the others. The order is that of `BENCHMARKS`. */
function mergeSection(page: string, section: string): string {
  const sections = new Map<string, string>();
  for (const part of [...page.split(/^(?=## )/m).slice(1), section]) {
    sections.set(part.split('\n')[0] ?? '', part.trimEnd());
  }
  const ordered = BENCHMARKS.flatMap(({ title }) => sections.get(`## ${title}`) ?? []);
  return `${[HEAD.trimEnd(), ...ordered].join('\n\n')}\n`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const unknown = positionals.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) throw new Error(`Unknown benchmark: ${unknown.join(', ')}. Use ${NAMES.join(', ')}.`);
  for (const benchmark of BENCHMARKS) {
    if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
    const about = machine();
    const report = await benchmark.run({ quick: values.quick, progress: progressOf(benchmark.name) });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    const section = [`## ${benchmark.title}`, '', about, '', report].join('\n');
    console.log(`\n${section}`);
    // Written after each benchmark, so that the failure of a later one loses nothing.
    if (!values.quick) writeFileSync(FILE, mergeSection(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '', section));
  }
  if (!values.quick) console.log(`\nWritten to ${path.relative(process.cwd(), FILE)}.`);
}

cli('bench', main);
