/** What is measured: the local run, its peers, and the limit, each as processes with a port that answers GET /items/{id}. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scripts } from '../../package.json';
import { npmFolder } from '../function/npm-folder';
import { freePort, printsLine, printsPort, type Started, tsx, watched } from './started';

export const ID = 'bench-item';
export const ITEM = { id: ID, price: 12345, name: 'x'.repeat(100) };

export interface Workload {
  /** Where targets may write; a folder each. */
  readonly folder: string;
  /** The function's file, out of its archive. */
  readonly handler: string;
  /** The same, of an archive with `sdk: "stock"`. */
  readonly stockHandler: string;
  /** What the stack and Lambda set, with the shared DynamoDB's address. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dynamodbEndpoint: string;
  /** An event of payload format 2.0 for the item. */
  readonly event: object;
}

export interface Target {
  readonly name: string;
  readonly description: string;
  /** Makes ready what is not part of the start, such as a project for it. */
  prepare?(workload: Workload): void;
  /** Starts it; it need not answer yet. */
  start(workload: Workload): Promise<Started>;
}

const ROOT = path.join(__dirname, '../..');

/** Exact versions; npm is asked once. */
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

/** The same with the SDK as it comes: a handler that takes more time leaves less to what is around it. */
export const STOCK = ', stock SDK';

/** So that no request is throttled. */
export const THROTTLES = { THROTTLE_RATE: '10000', THROTTLE_BURST: '5000' };

export const TARGETS: readonly Target[] = [
  {
    name: LIMIT,
    description: 'node:http calls the handler in one process: no gateway, no isolation, no IAM.',
    start: (workload) => limit(workload, workload.handler),
  },
  {
    name: OURS,
    description:
      'this project: isolated instances, IAM on, a line a request; its own dynalite. (As npm runs it; npm itself takes 0.15 s more.)',
    start: (workload) => ours(workload),
  },
  {
    name: `${OURS}, shared dynalite`,
    description: 'the same with --dynamodb-endpoint: the guard passes calls on to the dynalite that the peers call.',
    start: (workload) => ours(workload, ['--dynamodb-endpoint', workload.dynamodbEndpoint]),
  },
  {
    name: LIMIT + STOCK,
    description: 'the limit, with sdk: "stock".',
    start: (workload) => limit(workload, workload.stockHandler),
  },
  {
    name: OURS + STOCK,
    description: 'npm start, with sdk: "stock".',
    start: (workload) => ours(workload, [], { SDK: 'stock' }),
  },
  serverlessOffline('serverless-offline, in process', ['--useInProcess']),
  serverlessOffline(`serverless-offline, in process${STOCK}`, ['--useInProcess'], ({ stockHandler }) => stockHandler),
  serverlessOffline('serverless-offline, workers', []),
  {
    name: 'lambda-local',
    description: 'its --watch server; a file before the handler sets the route key and the path parameter.',
    prepare: ({ folder, handler, event }) => {
      const own = path.join(folder, 'lambda-local');
      mkdirSync(own, { recursive: true });
      writeFileSync(
        path.join(own, 'index.js'),
        `const { handler } = require(${JSON.stringify(handler)});\n` +
          `const { routeKey, pathParameters } = ${JSON.stringify(event)};\n` +
          'exports.handler = (event, context) => handler({ ...event, routeKey, pathParameters, body: undefined, isBase64Encoded: false }, context);\n',
      );
    },
    start: async ({ folder, environment }) => {
      const port = await freePort();
      const args = [bin('lambda-local/build/cli.js'), '-l', 'index.js', '--watch', String(port), '-v', '0', '-t', '10'];
      return watched(
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
    description: 'a process a request.',
    prepare: ({ folder, handler, environment }) => {
      const own = path.join(folder, 'sandbox');
      const code = path.join(own, 'src/http/get-items-000id');
      mkdirSync(code, { recursive: true });
      cpSync(handler, path.join(code, 'index.js'));
      const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
      writeFileSync(path.join(own, '.env'), `${lines.join('\n')}\n`);
      writeFileSync(path.join(own, 'app.arc'), '@app\nbench\n\n@http\nget /items/:id\n');
    },
    start: async ({ folder, environment }) => {
      const port = await freePort();
      const ports = {
        ARC_EVENTS_PORT: await freePort(),
        ARC_TABLES_PORT: await freePort(),
        ARC_INTERNAL_PORT: await freePort(),
      };
      const env = { ...process.env, ...environment, ...texts(ports) };
      const args = [bin('@architect/sandbox/src/cli/cli.js'), '--port', String(port), '--quiet'];
      return watched(spawn(process.execPath, args, { cwd: path.join(folder, 'sandbox'), env }), port);
    },
  },
];

function serverlessOffline(
  name: string,
  args: readonly string[],
  handlerOf = ({ handler }: Workload): string => handler,
): Target {
  const own = (folder: string) => path.join(folder, name.replaceAll(/\W+/g, '-'));
  return {
    name,
    description:
      `serverless ${PEERS.serverless}, serverless-offline ${PEERS['serverless-offline']} ${args.join(' ')}`.trim() +
      (name.endsWith(STOCK) ? ', with sdk: "stock".' : '.'),
    prepare: (workload) => {
      const { folder, environment } = workload;
      mkdirSync(own(folder), { recursive: true });
      cpSync(handlerOf(workload), path.join(own(folder), 'index.js'));
      symlinkSync(path.join(peerFolder(), 'node_modules'), path.join(own(folder), 'node_modules'));
      const config = {
        service: 'bench',
        frameworkVersion: '3',
        provider: { name: 'aws', runtime: 'nodejs20.x', environment },
        plugins: ['serverless-offline'],
        functions: { items: { handler: 'index.handler', events: [{ httpApi: 'GET /items/{id}' }] } },
      };
      writeFileSync(path.join(own(folder), 'serverless.json'), JSON.stringify(config));
    },
    start: async ({ folder, environment }) => {
      const port = await freePort();
      const ports = ['--httpPort', String(port), '--lambdaPort', String(await freePort())];
      const env = { ...process.env, ...environment, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' };
      const all = [bin('serverless/bin/serverless.js'), 'offline', ...ports, '--host', '127.0.0.1', ...args];
      return watched(spawn(process.execPath, all, { cwd: own(folder), env }), port);
    },
  };
}

function limit({ environment, event }: Workload, handler: string): Promise<Started> {
  return printsPort(tsx('bench/local/limit.ts', [handler, JSON.stringify(event)], { ...process.env, ...environment }));
}

async function ours(
  { folder }: Workload,
  args: readonly string[] = [],
  settings: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const file = path.join(mkdtempSync(path.join(folder, 'outputs-')), 'outputs.json');
  const env = { ...process.env, ...THROTTLES, ...settings };
  const start = scripts.start.replace(/^exec node /, '').split(' ');
  const child = spawn(process.execPath, [...start, '--port', '0', '--outputs-file', file, ...args], { cwd: ROOT, env });
  const printed = watched(child, 0);
  await printsLine(child, /Ready in/);
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  return { ...printed, port: Number(new URL(outputs['items']?.['url'] ?? '').port) };
}

export function startDynamodb(table: object): Promise<Started> {
  return printsPort(tsx('bench/local/dynamodb.ts', [JSON.stringify(table)], process.env));
}

function texts(values: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
