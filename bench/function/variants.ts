/** Builds the compared functions, each into its own folder. */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { zipSync } from 'fflate';
import { type Bundle, bundleFunctions, type Sdk, writeBundle } from '../../constructs/bundle';
import { items } from '../../function/items/contract';
import { buildFunctions } from '../../stacks/build-functions';
import { npmFolder } from './npm-folder';

const ROOT = path.join(__dirname, '../..');
const HANDLERS = path.join(__dirname, 'handlers');

export interface Variant {
  readonly name: string;
  /** Text for the report: contents and build. */
  readonly description: string;
  /** The file that exports the handler. */
  readonly file: string;
  readonly zipBytes: number;
}

export const NAIVE = 'naive';
export const FLOOR = 'no SDK';
export const OURS = 'ours';

/** Builds all variants into an empty folder. */
export async function buildVariants(folder: string): Promise<readonly Variant[]> {
  const written = (name: string, description: string, bundle: Bundle | undefined): Variant => {
    if (!bundle) throw new Error(`esbuild made no bundle of ${name}.`);
    writeBundle(bundle, path.join(folder, name));
    return { name, description, file: path.join(folder, name, 'index.js'), zipBytes: bundle.zip.length };
  };
  const bundled = async (name: string, description: string, file: string) => {
    const entry = path.join(HANDLERS, `${file}.ts`);
    return written(name, description, (await bundleFunctions([entry], { sdk: 'stock' })).get(entry));
  };
  const ours = async (name: string, description: string, sdk: Sdk) =>
    written(name, description, (await buildFunctions([items], { sdk })).get(items.name));
  return [
    await bundled('empty', 'a handler that does nothing', 'empty'),
    await bundled(FLOOR, 'the operations without an SDK: node:https, and a signature in a few lines', 'floor'),
    await ours(OURS, 'function/items as the stack deploys it', 'fast'),
    await ours('ours, stock SDK', 'function/items with sdk: "stock"', 'stock'),
    await bundled('bundled', 'naive, minified and tree-shaken by esbuild', 'naive'),
    naive(folder),
  ];
}

/** Builds the usual deployment package: the SDK in node_modules beside the code. */
function naive(folder: string): Variant {
  const packages = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'];
  const installed = npmFolder(Object.fromEntries(packages.map((name) => [name, versionOf(name)])));
  const target = path.join(folder, NAIVE);
  mkdirSync(target);
  cpSync(installed, target, { recursive: true });
  const source = readFileSync(path.join(HANDLERS, 'naive.ts'), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs', target: 'node22' });
  writeFileSync(path.join(target, 'index.js'), code);
  const description = 'the tutorial: no checks, no log; the SDK unbundled in node_modules';
  return { name: NAIVE, description, file: path.join(target, 'index.js'), zipBytes: zipBytes(target) };
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

function zipBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(name).isFile());
  const level = 6;
  return zipSync(Object.fromEntries(files.map((name) => [name, readFileSync(name)])), { level }).length;
}
