/** Compares a synth by our app command with `cdktf synth`, the app of CDKTF's template, and a process that only loads cdktf. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { context } from '../cdktf.json';
import { type Benchmark, type BenchmarkOptions, table } from './benchmark';
import { removeCaches } from './caches';
import { npmFolder } from './function/npm-folder';
import { type Command, measure, type Times } from './synth/processes';

const ROOT = path.join(__dirname, '..');

/** The package versions in the template `typescript` of cdktf-cli 0.21. */
const TEMPLATE = { 'ts-node': '10.9.2', typescript: '5.9.3' };

function runAll({ quick, progress }: BenchmarkOptions): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-synth-'));
  try {
    progress('preparing; the first run installs ts-node with npm');
    const commands = commandsIn(folder, npmFolder(TEMPLATE));
    progress('running once to fill the caches');
    measure(commands.slice(0, 2), 1, () => undefined);
    const rounds = quick ? 1 : 15;
    return report(commands, measure(commands, rounds, progress), rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandsIn(folder: string, template: string): Command[] {
  const app = { CDKTF_OUTDIR: path.join(folder, 'cdktf.out'), CDKTF_CONTEXT_JSON: JSON.stringify(context) };
  const appCommand = [path.join(ROOT, 'app.cjs')];
  const main = path.join(ROOT, 'main.ts');
  const project = path.join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify(templateConfiguration()));
  return [
    {
      name: 'floor',
      description: '`node -e "require(\'cdktf\')"`',
      args: ['-e', `require(${JSON.stringify(path.join(ROOT, 'node_modules/cdktf'))})`],
    },
    {
      name: 'ours',
      description: 'the app command of cdktf.json, with the bundles of an earlier run',
      args: appCommand,
      env: app,
    },
    {
      name: 'ours, nothing built',
      description: 'the same command, without the caches of an earlier run',
      args: appCommand,
      before: removeCaches,
      env: app,
    },
    {
      name: 'npm run synth',
      description:
        '`scripts/synth.ts`, which writes the same files as `cdktf synth`, and runs before a plan and a deploy; without npm itself',
      args: [
        path.join(ROOT, 'node_modules/jiti/lib/jiti-cli.mjs'),
        path.join(ROOT, 'scripts/synth.ts'),
        '--output',
        path.join(folder, 'script'),
      ],
      env: { CI: '1' },
    },
    {
      name: 'cdktf synth',
      description: '`cdktf synth`, which runs the app command',
      args: [path.join(ROOT, 'node_modules/.bin/cdktf'), 'synth', '--output', path.join(folder, 'whole')],
      env: { CI: '1', CHECKPOINT_DISABLE: '1' },
      share: 1 / 3,
    },
    {
      name: 'template',
      description:
        "our app as cdktf's template runs one, with the bundles of an earlier run: " +
        `\`ts-node main.ts\`, which checks types (ts-node ${TEMPLATE['ts-node']}, TypeScript ${TEMPLATE.typescript})`,
      args: [path.join(template, 'node_modules/ts-node/dist/bin.js'), '--project', project, main],
      env: { ...app, TS_NODE_COMPILER: path.join(template, 'node_modules/typescript') },
      share: 1 / 3,
    },
  ];
}

/** The tsconfig.json of the template, with the language version, library and strictness that our sources are written for. */
function templateConfiguration(): object {
  return {
    compilerOptions: {
      target: 'ES2023',
      lib: ['es2024'],
      module: 'CommonJS',
      moduleResolution: 'node10',
      esModuleInterop: true,
      experimentalDecorators: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [path.join(ROOT, 'node_modules/@types')],
      // `node10` does not read the package's exports.
      paths: { 'lean-dynamodb': [path.join(ROOT, 'packages/lean-dynamodb/src/index.ts')] },
    },
  };
}

function report(commands: readonly Command[], times: readonly Times[], rounds: number): string {
  const timesOf = (name: string) =>
    times[commands.findIndex((command) => command.name === name)] ?? { wall: Number.NaN, cpu: Number.NaN };
  const row = (name: string, { wall, cpu }: Times, digits: number) => [name, wall.toFixed(digits), cpu.toFixed(digits)];
  const ratio = (base: string, name = 'ours') =>
    row(
      `${name} / ${base}`,
      { wall: timesOf(name).wall / timesOf(base).wall, cpu: timesOf(name).cpu / timesOf(base).cpu },
      2,
    );
  return [
    table(
      ['variant', 'ms', 'CPU ms'],
      [
        ...commands.map(({ name }) => row(name, timesOf(name), 0)),
        ratio('template'),
        ratio('floor'),
        ratio('ours', 'npm run synth'),
        ratio('ours', 'cdktf synth'),
      ],
    ),
    '',
    ...commands.map(({ name, description }) => `- ${name}: ${description}`),
    '',
    `Medians of ${rounds} new processes, and of a third as many for commands that take seconds. CPU includes child processes.`,
  ].join('\n');
}

export const synthBenchmark: Benchmark = {
  name: 'synth',
  title: 'Synth',
  run: (options) => Promise.resolve(runAll(options)),
};
