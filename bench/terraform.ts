/** Measures the local run of Terraform projects: the time to the first answer from nothing, of unchanged files, and after a save. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Benchmark, type BenchmarkOptions, median, table } from './benchmark';

const ROOT = path.join(__dirname, '..');
const COMMAND = path.join(ROOT, 'packages/local-run/bin/local-run.cjs');
const PROJECTS = path.join(ROOT, 'packages/local-run/__tests__/terraform/projects');

/** Pause before each save. The watcher must be idle. */
const PAUSE_MS = 500;

/** Pause between a save and the request. The run notices a save within this time. */
const REQUEST_DELAY_MS = 20;

interface Project {
  readonly name: string;
  /** The folder in which Terraform runs. */
  readonly root: string;
}

interface Step {
  readonly method: string;
  readonly path: string;
}

interface Times {
  readonly nothing: number[];
  readonly unchanged: number[];
  readonly save: number[];
}

async function run({ quick, progress }: BenchmarkOptions): Promise<string> {
  const rounds = quick ? 1 : 7;
  const projects = JSON.parse(readFileSync(path.join(PROJECTS, 'projects.json'), 'utf8')) as readonly Project[];
  const rows: string[][] = [];
  for (const project of quick ? projects.slice(0, 2) : projects) {
    progress(project.name);
    const work = mkdtempSync(path.join(os.tmpdir(), 'bench-terraform-'));
    try {
      cpSync(path.join(PROJECTS, project.name), path.join(work, project.name), { recursive: true });
      const { times, resources } = await measure(work, project, rounds);
      const medians = [times.nothing, times.unchanged, times.save].map((values) => median(values).toFixed(0));
      rows.push([`\`${project.name}\``, String(resources), ...medians]);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return [
    table(['project', 'resources', 'from nothing ms', 'unchanged ms', 'after a save ms'], rows),
    '',
    `Medians of ${rounds}, from the start of the command, or from the save, to the answer of the first request of the project's session.`,
    '"From nothing": Terraform evaluates the configuration. "Unchanged": the evaluation comes from the cache. "After a save": `--watch`',
    `evaluates a changed \`.tf\` or \`.tf.json\` file; the request is sent ${REQUEST_DELAY_MS} ms after the save.`,
  ].join('\n');
}

async function measure(
  work: string,
  { name, root }: Project,
  rounds: number,
): Promise<{ times: Times; resources: number }> {
  const folder = path.join(work, name, root);
  const [step] = JSON.parse(readFileSync(path.join(work, name, 'sessions.json'), 'utf8')) as [Step];
  const times: Times = { nothing: [], unchanged: [], save: [] };
  for (let round = 1; round <= rounds; round += 1) {
    rmSync(path.join(work, 'cache'), { recursive: true, force: true });
    for (const variant of ['nothing', 'unchanged'] as const) {
      const { child, milliseconds } = await start(work, folder, step);
      times[variant].push(milliseconds);
      await end(child);
    }
  }
  const resources = cachedResources(path.join(work, 'cache'));
  const { child, url } = await start(work, folder, step, '--watch');
  try {
    const saved = readdirSync(folder).find((file) => /\.tf(\.json)?$/.test(file)) ?? '';
    for (let round = 1; round <= rounds; round += 1) {
      await setTimeout(PAUSE_MS);
      const began = performance.now();
      appendFileSync(path.join(folder, saved), '\n');
      await setTimeout(REQUEST_DELAY_MS);
      await send(url, step);
      times.save.push(performance.now() - began);
    }
  } finally {
    await end(child);
  }
  return { times, resources };
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** Time to the first answer. */
  readonly milliseconds: number;
}

async function start(work: string, folder: string, step: Step, ...options: readonly string[]): Promise<Started> {
  const outputs = path.join(work, 'outputs.json');
  rmSync(outputs, { force: true });
  const began = performance.now();
  const child = spawn(process.execPath, [COMMAND, folder, '--port', '0', '--outputs-file', outputs, ...options], {
    env: { ...process.env, XDG_CACHE_HOME: path.join(work, 'cache') },
  });
  let text = '';
  for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (chunk: Buffer) => (text += chunk.toString()));
  while (!existsSync(outputs)) {
    if (child.exitCode !== null) throw new Error(`local-run ended with ${child.exitCode}:\n${text}`);
    await setTimeout(5);
  }
  const [stack] = Object.values(
    JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, { apis: Record<string, string> }>,
  );
  const [url = ''] = Object.values(stack?.apis ?? {});
  await send(url, step);
  return { child, url, milliseconds: performance.now() - began };
}

async function send(url: string, { method, path: target }: Step): Promise<void> {
  const response = await fetch(`${url}${target}`, { method });
  await response.text();
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

/** Counts the managed resources in the only cached evaluation. */
function cachedResources(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  const file = files.find((name) => /[\\/][0-9a-f]{64}[\\/][0-9a-f]{64}$/.test(name)) ?? '';
  const [, entry = '{}'] = readFileSync(file, 'utf8').split('\n');
  const { configuration } = JSON.parse(entry) as { configuration: { resources: readonly { mode: string }[] } };
  return configuration.resources.filter(({ mode }) => mode === 'managed').length;
}

export const terraformBenchmark: Benchmark = { name: 'terraform', title: 'Terraform folders', run };
