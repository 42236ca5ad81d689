/** The import rules of .dependency-cruiser.cjs, for functions and stacks that a user writes. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');

const PACKAGE_JSON = {
  dependencies: { '@aws-sdk/client-sqs': '3', cdktf: '0', cdktn: '0', json5: '2' },
  devDependencies: { zod: '4' },
};
const INSTALLED = ['@aws-sdk/client-sqs', '@types/aws-lambda', 'cdktf', 'cdktn', 'json5', 'ms', 'zod'];

let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'imports-'));
  cpSync(path.join(ROOT, '.dependency-cruiser.cjs'), path.join(root, '.dependency-cruiser.cjs'));
  write('tsconfig.json', '{"compilerOptions":{"resolveJsonModule":true}}');
  write('package.json', JSON.stringify(PACKAGE_JSON));
  for (const name of INSTALLED) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', types: 'index.d.ts' }));
    write(`node_modules/${name}/index.js`, '');
    write(`node_modules/${name}/index.d.ts`, 'export {};');
  }
});

afterAll(() => rmSync(root, { recursive: true }));

function write(name: string, content: string): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Returns the rules that the imports of each file violate. */
function violations(files: Readonly<Record<string, string>>): Record<string, string[]> {
  for (const [name, content] of Object.entries(files)) write(name, content);
  const depcruise = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'stacks', 'function'];
  const { stdout, stderr } = spawnSync(process.execPath, [depcruise, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { readonly summary: { readonly violations: readonly Violation[] } };
  const found: Record<string, string[]> = {};
  for (const { from, rule } of summary.violations) found[from] = [...(found[from] ?? []), rule.name].sort();
  return found;
}

test('functions and stacks may import declared packages and their own side, and nothing else', () => {
  const found = violations({
    // Allowed.
    'function/ping/index.ts': "export const handler = async () => 'pong';",
    'function/parcels/index.ts': [
      "import json5 from 'json5';",
      "import { SQSClient } from '@aws-sdk/client-sqs';",
      "import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';",
      "import rates from './rates.json';",
      "import { weight } from '../shared/weight';",
      'export const handler = [json5, SQSClient, rates, weight] as unknown as APIGatewayProxyHandlerV2;',
    ].join('\n'),
    'function/parcels/rates.json': '{}',
    'function/shared/weight.ts': "import rates from '../parcels/rates.json'; export const weight = rates;",
    'stacks/parcels-stack.ts': [
      "import json5 from 'json5';",
      "import regions from './regions.json';",
      'export const stack = [json5, regions];',
    ].join('\n'),
    'stacks/regions.json': '[]',
    // Refused.
    'function/deploys/index.ts': "import { App } from 'cdktf'; export const handler = App;",
    'function/deploys-too/index.ts': "import { App } from 'cdktn'; export const handler = App;",
    'function/knows-stacks/index.ts':
      "import { stack } from '../../stacks/parcels-stack'; export const handler = stack;",
    'function/for-tests/index.ts': "import { z } from 'zod'; export const handler = z;",
    'function/by-chance/index.ts': "import ms from 'ms'; export const handler = ms;",
    'stacks/knows-code-stack.ts': "import { weight } from '../function/shared/weight'; export const stack = weight;",
  });
  expect(found).toEqual({
    'function/deploys/index.ts': ['function'],
    'function/deploys-too/index.ts': ['function'],
    'function/knows-stacks/index.ts': ['function'],
    'function/for-tests/index.ts': ['not-a-dev-dependency'],
    'function/by-chance/index.ts': ['dependencies'],
    'stacks/knows-code-stack.ts': ['stacks'],
  });
});
