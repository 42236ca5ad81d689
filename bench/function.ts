/** Compares cold start, warm requests, memory and zip size of the functions `items` and `orders` with alternatives. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { DEFAULT_RUNTIME, type NodeRuntime } from '../constructs/node-runtime';
import type { Benchmark, BenchmarkOptions } from './benchmark';
import { makeCertificate } from './function/certificate';
import type { Measured } from './function/child';
import { npmFolder } from './function/npm-folder';
import { startFakeDynamodb } from './function/fake-dynamodb';
import { type Result, tables } from './function/report';
import { STORED } from './function/requests';
import { buildVariants, readAloneBytes, type Variant } from './function/variants';

/** A version of each runtime. The npm package `node` has the binary. */
const NODE_VERSIONS: Readonly<Record<NodeRuntime, string>> = { 'nodejs22.x': '22.23.3', 'nodejs24.x': '24.21.0' };

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
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_LEVEL: 'INFO',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 't'.repeat(700),
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
};

async function run({ quick, progress }: BenchmarkOptions): Promise<string> {
  const plan = quick ? QUICK : FULL;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-function-'));
  try {
    progress('building; the first time npm installs Node.js 22, Node.js 24 and the unbundled SDK');
    for (const version of Object.values(NODE_VERSIONS)) npmFolder({ node: version });
    const variants = await buildVariants(folder);
    const certificate = makeCertificate(folder);
    const child = path.join(folder, 'child.js');
    writeFileSync(
      child,
      transformSync(readFileSync(path.join(__dirname, 'function/child.ts'), 'utf8'), CHILD_OPTIONS).code,
    );
    const dynamodb = await startFakeDynamodb(certificate, STORED);
    const env = { ...ENVIRONMENT, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url, NODE_EXTRA_CA_CERTS: certificate.file };
    const results = await measureAll(
      variants,
      plan,
      progress,
      ({ file, request, event = request.event, environment, runtime = DEFAULT_RUNTIME }, counts) => {
        const { status, api, tableName } = request;
        const args = [child, file, JSON.stringify({ event, status }), ...counts];
        const node = path.join(npmFolder({ node: NODE_VERSIONS[runtime] }), 'node_modules/.bin/node');
        return measure(node, args, {
          ...env,
          AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
          AWS_LAMBDA_FUNCTION_NAME: api,
          POWERTOOLS_SERVICE_NAME: api,
          TABLE_NAMES: tableName,
          ...environment,
        });
      },
    );
    await dynamodb.stop();
    return [tables(results, await readAloneBytes()), '', method(plan)].join('\n');
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
  run: (variant: Variant, counts: readonly string[]) => Promise<Measured>,
): Promise<readonly Result[]> {
  const results: readonly Result[] = variants.map((variant) => ({ variant, cold: [], warm: [] }));
  for (const [kind, rounds, counts] of [
    ['cold', plan.cold, ['0', '0']],
    ['warm', plan.warm, [String(plan.warmUp), String(plan.requests)]],
  ] as const) {
    for (let round = 1; round <= rounds; round += 1) {
      for (const result of results) {
        progress(`${kind} ${round}/${rounds}: ${result.variant.request.routeKey}, ${result.variant.name}`);
        result[kind].push(await run(result.variant, counts));
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

/** Describes how the figures were measured. */
function method({ cold, warm, warmUp, requests }: Plan): string {
  return [
    `Node.js ${Object.values(NODE_VERSIONS).join(' and ')}, TLS to a server on the same machine that answers each GetItem with the same item, and each PutItem with \`{}\`.`,
    `Cold: medians of ${cold} new processes that answer once, from the start of the process to its first answer. Warm: medians of`,
    `${warm} new processes, ${requests} requests each after ${warmUp} others; CPU is per request, of all threads; memory is the maximum.`,
  ].join('\n');
}

export const functionBenchmark: Benchmark = { name: 'function', title: 'The function', run };
