/** Synthesizes a stack in the test's process, and returns its parsed cdk.tf.json. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type App, Testing } from 'cdktf';
import { zipSync } from 'fflate';
import type { Bundle } from '../../constructs/bundle';
import type { Bundles } from '../../stacks/build-functions';
import { ItemsStack } from '../../stacks/items-stack';
import { ManagerStack } from '../../stacks/manager-stack';
import { ProductsStack } from '../../stacks/products-stack';
import { readSettings, type Settings } from '../../stacks/settings';
import { StateStack } from '../../stacks/state-stack';

/* eslint-disable @typescript-eslint/no-explicit-any -- the tests check the shape of Terraform's JSON */
export interface Synthesized {
  readonly folder: string;
  /** Messages that `cdktf synth` prints. Example of a level: `@cdktf/info`. */
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
  readonly resource: Record<string, Record<string, any>>;
  readonly data: Record<string, Record<string, any>>;
  readonly output: Record<string, any>;
  readonly provider: Record<string, any[]>;
  readonly terraform: { readonly backend: Record<string, any> };
  readonly variable?: Record<string, any>;
}
/* eslint-enable */

/** The bundle of every function. These tests check resources, not code. */
export const BUNDLE = fixtureBundle('exports.handler = async () => ({ statusCode: 200 });');

function fixtureBundle(source: string): Bundle {
  const code = Buffer.from(source);
  const zip = zipSync({ 'index.js': code });
  const hash = createHash('sha256').update(zip).digest('base64');
  return { handler: 'index.handler', file: 'index.js', code, sourceMap: undefined, zip, hash };
}

const STACKS = { items: ItemsStack, manager: ManagerStack, products: ProductsStack };

const BUNDLES: Bundles = new Map(Object.values(STACKS).map(({ entry }) => [entry, BUNDLE]));

export function synth(
  stack: keyof typeof STACKS,
  settings: Partial<Record<keyof Settings, unknown>> = {},
): Synthesized {
  const app = createApp();
  new STACKS[stack](app, readSettings(settings, {}), BUNDLES);
  return synthesized(app, stack);
}

/** Synthesizes the stack `state`, with roles for the three systems. */
export function synthState(settings: Partial<Record<keyof Settings, unknown>>): Synthesized {
  const app = createApp();
  const read = readSettings(settings, {});
  new StateStack(
    app,
    read,
    Object.values(STACKS).map((Stack) => new Stack(app, read, BUNDLES)),
  );
  return synthesized(app, 'state');
}

function createApp(): App {
  return Testing.app({ context: { excludeStackIdFromLogicalIds: 'true', allowSepCharsInLogicalIds: 'true' } });
}

function synthesized(app: App, stack: string): Synthesized {
  app.synth();
  const folder = path.join(app.outdir, 'stacks', stack);
  const json = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as Omit<
    Synthesized,
    'folder' | 'annotations'
  >;
  const { stacks } = JSON.parse(readFileSync(path.join(app.outdir, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, Pick<Synthesized, 'annotations'>>;
  };
  return { ...json, folder, annotations: stacks[stack]?.annotations ?? [] };
}

export function synthItems(settings?: Partial<Record<keyof Settings, unknown>>): Synthesized {
  return synth('items', settings);
}

/** The sorted addresses of all resources, for example `aws_iam_role.function`. */
export function addresses({ resource }: Synthesized): string[] {
  return Object.entries(resource)
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}
