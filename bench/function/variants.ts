/** Builds the compared functions, each in a separate folder. */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { zipSync } from 'fflate';
import { type Bundle, bundleFunctions, type Sdk, writeBundle } from '../../constructs/bundle';
import type { NodeRuntime } from '../../constructs/node-runtime';
import { orders } from '../../examples/orders/contract';
import type { Api } from '../../function/contract/api';
import { buildFunctions } from '../../stacks/build-functions';
import { items, ownOrders } from './contract';
import { npmFolder } from './npm-folder';
import { type BenchRequest, GET_ITEM, GET_ORDER, OWN_EVENTS, POST_ORDER } from './requests';

const ROOT = path.join(__dirname, '../..');
const HANDLERS = path.join(__dirname, 'handlers');

export interface Build {
  readonly name: string;
  /** Text for the report: contents and build. */
  readonly description: string;
  /** The file that exports the handler. */
  readonly file: string;
  readonly zipBytes: number;
  /** Variables that the stack sets in addition. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** The runtime whose version of Node.js runs it. @default 'nodejs22.x' */
  readonly runtime?: NodeRuntime;
}

/** A function, and the request that it answers. */
export interface Variant extends Build {
  readonly request: BenchRequest;
  /** @default the event of the request */
  readonly event?: object | undefined;
}

export const NAIVE = 'naive';
export const FLOOR = 'no SDK';
export const OURS = 'ours';
export const PRODUCTION = 'ours, production';

const PRODUCTION_TEXT =
  'the same with tokens, owners from claims and metrics in the log, as in the profile production; X-Ray samples all rows';

/** Returns a variant, and the same archive on the newer runtime. */
const onBothRuntimes = (build: Build): Build[] => [
  build,
  { ...build, name: `${build.name}, nodejs24.x`, description: 'the same archive on Node.js 24', runtime: 'nodejs24.x' },
];

/** Builds all variants into an empty folder. */
export async function buildVariants(folder: string): Promise<readonly Variant[]> {
  const itemBuilds = [
    await bundleHandler(folder, 'empty', 'a handler that does nothing'),
    await bundleHandler(
      folder,
      'floor',
      'the operations without an SDK: node:https, and a signature in a few lines',
      FLOOR,
    ),
    ...onBothRuntimes(await bundleApi(folder, items, OURS, 'the operations of items, as the stack deploys them')),
    await bundleApi(folder, items, 'ours, stock SDK', 'the operations of items with sdk: "stock"', 'stock'),
    await bundleHandler(folder, 'naive', 'naive, minified and tree-shaken by esbuild', 'bundled'),
    packHandler(folder, 'naive', 'the tutorial: no checks, no log; the SDK unbundled in node_modules'),
  ];
  const orderBuilds = [
    ...onBothRuntimes(await bundleApi(folder, orders, OURS, 'examples/orders as the stack deploys it')),
    packHandler(folder, 'naive-orders', "written like the tutorial, with the contract's checks of a POST by hand"),
  ];
  const production = {
    ...(await bundleApi(path.join(folder, 'production'), ownOrders, PRODUCTION, PRODUCTION_TEXT)),
    environment: { METRICS_NAMESPACE: 'acme-cdktf-serverless-crud' },
  };
  return [
    ...itemBuilds.map((build) => ({ ...build, request: GET_ITEM })),
    ...[GET_ORDER, POST_ORDER].flatMap((request) => [
      ...orderBuilds.map((build) => ({ ...build, request })),
      { ...production, request, event: OWN_EVENTS.get(request) },
    ]),
  ];
}

/** Returns the size of the archive of `orders` with only one of its routes, the operation `read`. */
export async function readAloneBytes(): Promise<number> {
  const { routes, ...rest } = orders;
  const route = 'GET /customers/{customerId}/orders/{orderId}';
  const readAlone = { ...rest, indexes: {}, routes: { [route]: routes[route] } };
  const bundle = (await buildFunctions([readAlone])).get(orders.name);
  if (!bundle) throw new Error('esbuild made no bundle of orders with read alone.');
  return bundle.zip.length;
}

function writeBuild(folder: string, name: string, description: string, bundle: Bundle | undefined): Build {
  if (!bundle) throw new Error(`esbuild made no bundle of ${name}.`);
  writeBundle(bundle, folder);
  return { name, description, file: path.join(folder, 'index.js'), zipBytes: bundle.zip.length };
}

/** Bundles a handler of the benchmark. */
async function bundleHandler(folder: string, file: string, description: string, name = file): Promise<Build> {
  const entry = path.join(HANDLERS, `${file}.ts`);
  const bundles = await bundleFunctions([entry], { sdk: 'stock' });
  return writeBuild(path.join(folder, name), name, description, bundles.get(entry));
}

/** Bundles the function of a contract, as its stack does. */
async function bundleApi(
  folder: string,
  api: Api,
  name: string,
  description: string,
  sdk: Sdk = 'fast',
): Promise<Build> {
  const bundles = await buildFunctions([api], { sdk });
  return writeBuild(path.join(folder, `${api.name}-${sdk}`), name, description, bundles.get(api.name));
}

/** Packs a handler in the usual way: without a bundle, with the SDK in node_modules beside the code. */
function packHandler(folder: string, file: string, description: string): Build {
  const packages = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'];
  const installed = npmFolder(Object.fromEntries(packages.map((name) => [name, versionOf(name)])));
  const target = path.join(folder, file);
  mkdirSync(target);
  cpSync(installed, target, { recursive: true });
  const source = readFileSync(path.join(HANDLERS, `${file}.ts`), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs', target: 'node22' });
  writeFileSync(path.join(target, 'index.js'), code);
  return { name: NAIVE, description, file: path.join(target, 'index.js'), zipBytes: zipBytes(target) };
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

function zipBytes(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
  const level = 6;
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name))]));
  return zipSync(files, { level }).length;
}
