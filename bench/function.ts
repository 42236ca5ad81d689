/** Cold start, warm requests, memory and zip of the function, beside what its users would otherwise write. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { type Benchmark, type BenchmarkOptions, median, table } from './benchmark';
import { makeCertificate } from './function/certificate';
import type { Measured } from './function/child';
import { npmFolder } from './function/npm-folder';
import { startStandIn } from './function/stand-in';
import { buildVariants, FLOOR, NAIVE, OURS, type Variant } from './function/variants';

/** Of the runtime nodejs22.x; npm's package `node` has the binary. */
const NODE = '22.23.3';

interface Plan {
  /** Fresh processes a variant that answer once. */
  readonly cold: number;
  /** Fresh processes a variant that go on, with so many requests to warm up and so many that are measured. */
  readonly warm: number;
  readonly warmUp: number;
  readonly requests: number;
}

const FULL: Plan = { cold: 25, warm: 5, warmUp: 1000, requests: 2000 };
const QUICK: Plan = { cold: 3, warm: 1, warmUp: 200, requests: 300 };

/** What Lambda and the stack set; a session token has the length of a real one. */
const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_FUNCTION_NAME: 'items',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_LEVEL: 'INFO',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 't'.repeat(700),
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  POWERTOOLS_SERVICE_NAME: 'items',
  TABLE_NAMES: 'http-crud-tutorial-items',
};

type Results = Readonly<Record<string, { readonly cold: Measured[]; readonly warm: Measured[] }>>;

async function run({ quick, progress }: BenchmarkOptions): Promise<string> {
  const plan = quick ? QUICK : FULL;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-function-'));
  try {
    progress('building; the first time npm installs Node.js 22 and the unbundled SDK');
    const node = path.join(npmFolder({ node: NODE }), 'node_modules/.bin/node');
    const variants = await buildVariants(folder);
    const certificate = makeCertificate(folder);
    const child = path.join(folder, 'child.js');
    writeFileSync(child, transformSync(readFileSync(path.join(__dirname, 'function/child.ts'), 'utf8'), CHILD).code);
    const standIn = await startStandIn(certificate);
    const env = { ...ENVIRONMENT, AWS_ENDPOINT_URL_DYNAMODB: standIn.url, NODE_EXTRA_CA_CERTS: certificate.file };
    const results = await measureAll(variants, plan, progress, (file, counts) =>
      measure(node, [child, file, ...counts], env),
    );
    await standIn.stop();
    return report(variants, results, plan);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const CHILD = { loader: 'ts', format: 'cjs', target: 'node22' } as const;

/** Variants take turns, so that whatever else the machine does meets them all. */
async function measureAll(
  variants: readonly Variant[],
  plan: Plan,
  progress: (text: string) => void,
  run: (file: string, counts: readonly string[]) => Promise<Measured>,
): Promise<Results> {
  const results = Object.fromEntries(
    variants.map(({ name }) => [name, { cold: [] as Measured[], warm: [] as Measured[] }]),
  );
  for (const [kind, rounds, counts] of [
    ['cold', plan.cold, ['0', '0']],
    ['warm', plan.warm, [String(plan.warmUp), String(plan.requests)]],
  ] as const) {
    for (let round = 1; round <= rounds; round += 1) {
      for (const { name, file } of variants) {
        progress(`${kind} ${round}/${rounds}: ${name}`);
        results[name]?.[kind].push(await run(file, counts));
      }
    }
  }
  return results;
}

/** Runs the child in a fresh process. @throws Error with what it printed when it fails */
function measure(node: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const texts = ['', '', '', ''];
    // The log is read, as Lambda reads it.
    for (const descriptor of [1, 2, 3]) {
      child.stdio[descriptor]?.on(
        'data',
        (chunk: Buffer) => (texts[descriptor] = `${texts[descriptor]}${chunk.toString()}`),
      );
    }
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(JSON.parse(texts[3] ?? '') as Measured);
      else reject(new Error(`${args.join(' ')} ended with ${status}:\n${texts[2]}`));
    });
  });
}

function report(variants: readonly Variant[], results: Results, plan: Plan): string {
  const of = (name: string, kind: 'cold' | 'warm', figure: keyof Measured) =>
    median((results[name]?.[kind] ?? []).map((measured) => measured[figure]));
  const figures = (name: string) => [
    of(name, 'cold', 'init'),
    of(name, 'cold', 'cold'),
    of(name, 'cold', 'coldCpu'),
    of(name, 'warm', 'p50'),
    of(name, 'warm', 'p99'),
    of(name, 'warm', 'cpu'),
    of(name, 'warm', 'memory'),
  ];
  const digits = [1, 1, 1, 2, 2, 3, 1];
  const zip = new Map(variants.map(({ name, zipBytes }) => [name, zipBytes]));
  const rows = variants.map(({ name, zipBytes }) => [
    name,
    (zipBytes / 1024).toFixed(1),
    ...figures(name).map((figure, index) => figure.toFixed(digits[index])),
  ]);
  const ratios = [NAIVE, FLOOR].map((base) => [
    `ours / ${base}`,
    ((zip.get(OURS) ?? 0) / (zip.get(base) ?? 0)).toFixed(2),
    ...figures(OURS).map((figure, index) => (figure / (figures(base)[index] ?? 0)).toFixed(2)),
  ]);
  return [
    table(
      ['variant', 'zip KB', 'init ms', 'cold ms', 'cold CPU ms', 'p50 ms', 'p99 ms', 'warm CPU ms', 'memory MB'],
      [...rows, ...ratios],
    ),
    '',
    ...variants.map(({ name, description }) => `- ${name}: ${description}`),
    '',
    `Node.js ${NODE}, TLS to a server on the same machine that answers each GetItem alike; medians of ${plan.cold} fresh processes`,
    `that answer once (cold: from the start of the process to the first answer), and of ${plan.warm} that answer ${plan.warmUp}`,
    `times and are then measured for ${plan.requests} (CPU of all threads a request; memory: the most the process had).`,
  ].join('\n');
}

export const functionBenchmark: Benchmark = { name: 'function', title: 'The function', run };
