/** The targets of the benchmark: the local run, its peers and a lower bound. Each answers GET /items/{id} on a port. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scripts } from '../../package.json';
import { npmFolder } from '../function/npm-folder';
import { freePort, runTypeScript, type Started, startedProcess, waitForLine, waitForPort } from './started';

export const ID = 'bench-item';
export const ITEM = { id: ID, price: 12345, name: 'x'.repeat(100) };

export interface Workload {
  /** Folder for the projects of the targets. */
  readonly folder: string;
  /** The function's file, unpacked from its archive. */
  readonly handler: string;
  /** The function's file, built with the setting `sdk` = `stock`. */
  readonly stockHandler: string;
  /** The function's environment variables, with the address of the shared DynamoDB. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dynamodbEndpoint: string;
  /** An event of payload format 2.0 that gets the item. */
  readonly event: object;
}

export interface Target {
  readonly name: string;
  readonly description: string;
  /** Prepares the target before its start, for example writes a project for it. */
  prepare?(workload: Workload): void;
  /** Starts the target, and does not wait until it answers. */
  start(workload: Workload): Promise<Started>;
}

const ROOT = path.join(__dirname, '../..');

/** Exact versions of the peers' packages. */
const PEERS = {
  serverless: '3.40.0',
  'serverless-offline': '13.9.0',
  'lambda-local': '2.2.0',
  '@architect/sandbox': '9.0.0',
};

export function peerFolder(): string {
  return npmFolder(PEERS);
}

const bin = (file: string) => path.join(peerFolder(), 'node_modules', file);

export const LIMIT = 'the limit';
export const OURS = 'npm start';

/** Suffix of targets whose handler bundles the complete AWS SDK. A slower handler makes the targets differ less. */
export const STOCK = ', stock SDK';

/** High enough that no request is throttled. */
export const THROTTLES = { THROTTLE_RATE: '10000', THROTTLE_BURST: '5000' };

export const TARGETS: readonly Target[] = [
  {
    name: LIMIT,
    description: 'lower bound: node:http calls the handler in its own process, without gateway, isolation or IAM.',
    start: (workload) => startLimit(workload, workload.handler),
  },
  {
    name: OURS,
    description:
      'this project: isolated instances, IAM, a log line for each request, its own dynalite. The command of `npm start`, without the 0.15 s of npm itself.',
    start: (workload) => startOurs(workload),
  },
  {
    name: `${OURS}, shared dynalite`,
    description: 'the same with --dynamodb-endpoint: the guard forwards calls to the dynalite that the peers use.',
    start: (workload) => startOurs(workload, ['--dynamodb-endpoint', workload.dynamodbEndpoint]),
  },
  {
    name: LIMIT + STOCK,
    description: 'the limit, built with sdk=stock.',
    start: (workload) => startLimit(workload, workload.stockHandler),
  },
  {
    name: OURS + STOCK,
    description: 'npm start, built with sdk=stock.',
    start: (workload) => startOurs(workload, [], { SDK: 'stock' }),
  },
  serverlessOffline('serverless-offline, in process', ['--useInProcess']),
  serverlessOffline(`serverless-offline, in process${STOCK}`, ['--useInProcess'], ({ stockHandler }) => stockHandler),
  serverlessOffline('serverless-offline, workers', []),
  {
    name: 'lambda-local',
    description: 'its --watch server. A wrapper sets the route key and the path parameter.',
    prepare: ({ folder, handler, event }) => {
      const project = path.join(folder, 'lambda-local');
      mkdirSync(project, { recursive: true });
      writeFileSync(
        path.join(project, 'index.js'),
        `const { handler } = require(${JSON.stringify(handler)});\n` +
          `const { routeKey, pathParameters } = ${JSON.stringify(event)};\n` +
          'exports.handler = (event, context) => handler({ ...event, routeKey, pathParameters, body: undefined, isBase64Encoded: false }, context);\n',
      );
    },
    start: async ({ folder, environment }) => {
      const port = await freePort();
      const args = [bin('lambda-local/build/cli.js'), '-l', 'index.js', '--watch', String(port), '-v', '0', '-t', '10'];
      return startedProcess(
        spawn(process.execPath, args, {
          cwd: path.join(folder, 'lambda-local'),
          env: { ...process.env, ...environment },
        }),
        port,
      );
    },
  },
  {
    name: '@architect/sandbox',
    description: 'starts a process for each request.',
    prepare: ({ folder, handler, environment }) => {
      const project = path.join(folder, 'sandbox');
      const code = path.join(project, 'src/http/get-items-000id');
      mkdirSync(code, { recursive: true });
      cpSync(handler, path.join(code, 'index.js'));
      const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
      writeFileSync(path.join(project, '.env'), `${lines.join('\n')}\n`);
      writeFileSync(path.join(project, 'app.arc'), '@app\nbench\n\n@http\nget /items/:id\n');
    },
    start: async ({ folder, environment }) => {
      const port = await freePort();
      const ports = {
        ARC_EVENTS_PORT: await freePort(),
        ARC_TABLES_PORT: await freePort(),
        ARC_INTERNAL_PORT: await freePort(),
      };
      const env = { ...process.env, ...environment, ...toStrings(ports) };
      const args = [bin('@architect/sandbox/src/cli/cli.js'), '--port', String(port), '--quiet'];
      return startedProcess(spawn(process.execPath, args, { cwd: path.join(folder, 'sandbox'), env }), port);
    },
  },
];

function serverlessOffline(
  name: string,
  args: readonly string[],
  handlerOf = ({ handler }: Workload): string => handler,
): Target {
  const projectIn = (folder: string) => path.join(folder, name.replaceAll(/\W+/g, '-'));
  return {
    name,
    description:
      `serverless ${PEERS.serverless}, serverless-offline ${PEERS['serverless-offline']} ${args.join(' ')}`.trim() +
      (name.endsWith(STOCK) ? ', built with sdk=stock.' : '.'),
    prepare: (workload) => {
      const { folder, environment } = workload;
      mkdirSync(projectIn(folder), { recursive: true });
      cpSync(handlerOf(workload), path.join(projectIn(folder), 'index.js'));
      symlinkSync(path.join(peerFolder(), 'node_modules'), path.join(projectIn(folder), 'node_modules'));
      const config = {
        service: 'bench',
        frameworkVersion: '3',
        provider: { name: 'aws', runtime: 'nodejs20.x', environment },
        plugins: ['serverless-offline'],
        functions: { items: { handler: 'index.handler', events: [{ httpApi: 'GET /items/{id}' }] } },
      };
      writeFileSync(path.join(projectIn(folder), 'serverless.json'), JSON.stringify(config));
    },
    start: async ({ folder, environment }) => {
      const port = await freePort();
      const ports = ['--httpPort', String(port), '--lambdaPort', String(await freePort())];
      const env = { ...process.env, ...environment, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' };
      const all = [bin('serverless/bin/serverless.js'), 'offline', ...ports, '--host', '127.0.0.1', ...args];
      return startedProcess(spawn(process.execPath, all, { cwd: projectIn(folder), env }), port);
    },
  };
}

function startLimit({ environment, event }: Workload, handler: string): Promise<Started> {
  return waitForPort(
    runTypeScript('bench/local/limit.ts', [handler, JSON.stringify(event)], { ...process.env, ...environment }),
  );
}

async function startOurs(
  { folder }: Workload,
  args: readonly string[] = [],
  settings: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const file = path.join(mkdtempSync(path.join(folder, 'outputs-')), 'outputs.json');
  const env = { ...process.env, ...THROTTLES, ...settings };
  const start = scripts.start.replace(/^exec node /, '').split(' ');
  const child = spawn(process.execPath, [...start, '--port', '0', '--outputs-file', file, ...args], { cwd: ROOT, env });
  const started = startedProcess(child, 0);
  await waitForLine(child, /Ready in/);
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  return { ...started, port: Number(new URL(outputs['items']?.['url'] ?? '').port) };
}

export function startDynamodb(): Promise<Started> {
  return waitForPort(runTypeScript('bench/local/dynamodb.ts', [], process.env));
}

function toStrings(values: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
