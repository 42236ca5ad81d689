/** Synthesizes a stack in the test's process, and returns its parsed cdk.tf.json. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type App, Testing } from 'cdktf';
import { zipSync } from 'fflate';
import { context } from '../../cdktf.json';
import type { Bundle } from '../../constructs/bundle';
import type { Api } from '../../function/contract/api';
import { authorizerKey } from '../../stacks/build-functions';
import { CrudStack } from '../../stacks/crud-stack';
import { OperationsStack } from '../../stacks/operations-stack';
import { readSettings, type Settings } from '../../stacks/settings';
import { StateStack } from '../../stacks/state-stack';
import { recordSynth } from './record-synth';

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
  // Without a fixed time, the archive would differ in each run.
  const zip = zipSync({ 'index.js': [code, { mtime: new Date(1980, 0, 1) }] });
  const hash = createHash('sha256').update(zip).digest('base64');
  return { handler: 'index.handler', file: 'index.js', code, sourceMap: undefined, zip, hash };
}

type SettingsInput = Partial<Record<keyof Settings, unknown>>;

/** Synthesizes the stack of a contract. */
export function synth(contract: Api, settings: SettingsInput = {}): Synthesized {
  const app = createApp();
  createStack(app, contract, settings);
  return synthesized(app, contract.name);
}

/** Synthesizes the stack `state`. @param environment settings by environment variable */
export function synthState(settings: SettingsInput, environment: Readonly<Record<string, string>> = {}): Synthesized {
  const app = createApp();
  new StateStack(app, readSettings(settings, environment));
  return synthesized(app, 'state');
}

/** Synthesizes the stack `operations`. */
export function synthOperations(settings: SettingsInput): Synthesized {
  const app = createApp();
  new OperationsStack(app, readSettings(settings, {}));
  return synthesized(app, 'operations');
}

function createStack(app: App, contract: Api, settings: SettingsInput): CrudStack {
  const authorizers = Object.keys(contract.auth?.authorizers ?? {}).map((name) => authorizerKey(contract, name));
  const bundles = new Map([contract.name, ...authorizers].map((name) => [name, BUNDLE]));
  return new CrudStack(app, contract, readSettings(settings, {}), bundles);
}

function createApp(): App {
  return Testing.app({ context });
}

function synthesized(app: App, stack: string): Synthesized {
  app.synth();
  const folder = path.join(app.outdir, 'stacks', stack);
  const text = readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8');
  recordSynth(stack, text);
  const json = JSON.parse(text) as Omit<Synthesized, 'folder' | 'annotations'>;
  const { stacks } = JSON.parse(readFileSync(path.join(app.outdir, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, Pick<Synthesized, 'annotations'>>;
  };
  return { ...json, folder, annotations: stacks[stack]?.annotations ?? [] };
}

/** The sorted addresses of all resources, for example `aws_iam_role.function`. */
export function addresses({ resource }: Pick<Synthesized, 'resource'>): string[] {
  return Object.entries(resource)
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}
