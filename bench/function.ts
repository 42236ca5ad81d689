/** Compares cold start, warm requests, memory and zip size of the function `items` with alternatives. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { type Benchmark, type BenchmarkOptions, median, table } from './benchmark';
import { makeCertificate } from './function/certificate';
import type { Measured } from './function/child';
import { npmFolder } from './function/npm-folder';
import { startFakeDynamodb } from './function/fake-dynamodb';
import { buildVariants, FLOOR, NAIVE, OURS, type Variant } from './function/variants';

/** A version of the runtime nodejs22.x. The npm package `node` has the binary. */
const NODE = '22.23.3';

interface Plan {
  /** Number of new processes for each variant that answer once. */
  readonly cold: number;
  /** Number of new processes for each variant that answer many requests. */
  readonly warm: number;
  /** Requests to each of these processes before the measurement. */
  readonly warmUp: number;
  /** Measured requests to each of these processes. */
  readonly requests: number;
}

const FULL: Plan = { cold: 25, warm: 5, warmUp: 1000, requests: 2000 };
const QUICK: Plan = { cold: 3, warm: 1, warmUp: 200, requests: 300 };

/** The variables that Lambda and the stack set. The session token has the length of a real token. */
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
    writeFileSync(
      child,
      transformSync(readFileSync(path.join(__dirname, 'function/child.ts'), 'utf8'), CHILD_OPTIONS).code,
    );
    const dynamodb = await startFakeDynamodb(certificate);
    const env = { ...ENVIRONMENT, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url, NODE_EXTRA_CA_CERTS: certificate.file };
    const results = await measureAll(variants, plan, progress, (file, counts) =>
      measure(node, [child, file, ...counts], env),
    );
    await dynamodb.stop();
    return report(variants, results, plan);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Options of esbuild for child.ts. */
const CHILD_OPTIONS = { loader: 'ts', format: 'cjs', target: 'node22' } as const;

/** Runs the variants in turns, so that other load on the machine slows all of them. */
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

/** Runs the child in a new process. @throws Error with its output when it fails */
function measure(node: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const texts = ['', '', '', ''];
    // Reads the log lines of the function, as Lambda does.
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
  const medianOf = (name: string, kind: 'cold' | 'warm', figure: keyof Measured) =>
    median((results[name]?.[kind] ?? []).map((measured) => measured[figure]));
  const figures = (name: string) => [
    medianOf(name, 'cold', 'init'),
    medianOf(name, 'cold', 'cold'),
    medianOf(name, 'cold', 'coldCpu'),
    medianOf(name, 'warm', 'p50'),
    medianOf(name, 'warm', 'p99'),
    medianOf(name, 'warm', 'cpu'),
    medianOf(name, 'warm', 'memory'),
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
    `Node.js ${NODE}, TLS to a server on the same machine that answers each GetItem with the same item. Cold: medians of`,
    `${plan.cold} new processes that answer once, from the start of the process to its first answer. Warm: medians of ${plan.warm} new`,
    `processes, ${plan.requests} requests each after ${plan.warmUp} others; CPU is per request, of all threads; memory is the maximum.`,
  ].join('\n');
}

export const functionBenchmark: Benchmark = { name: 'function', title: 'The function', run };
