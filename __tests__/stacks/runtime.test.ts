/** The setting `runtime`: the runtime of the functions, and the versions of the AWS provider that accept it. */
import { Testing } from 'cdktf';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NODE_RUNTIMES } from '../../constructs/node-runtime';
import { items } from '../../function/items/contract';
import { AWS_PROVIDER_VERSION, runtimeConflicts } from '../../stacks/aws-provider';
import { CrudStack } from '../../stacks/crud-stack';
import { readSettings } from '../../stacks/settings';
import { BUNDLE } from '../support/synth';

test.each(['5.100.0', '6.0.0', '6.9.0', '6.18.9'])('AWS provider %s refuses nodejs24.x', (version) => {
  expect(runtimeConflicts({ runtime: 'nodejs24.x' }, version)).toEqual([
    `runtime is nodejs24.x, but the AWS provider is ${version}; set nodejs22.x, or install version 6.19.0 or later: npm run migrate ` +
      'lists the ways.',
  ]);
});

test('AWS provider 6.19.0 and later accept nodejs24.x, and every version accepts nodejs22.x', () => {
  for (const version of ['6.19.0', '6.25.0', '6.100.0', '10.0.0'])
    expect(runtimeConflicts({ runtime: 'nodejs24.x' }, version)).toEqual([]);
  expect(runtimeConflicts({ runtime: 'nodejs22.x' }, '5.100.0')).toEqual([]);
  expect(runtimeConflicts({}, '5.100.0')).toEqual([]);
});

test('readSettings compares the runtime with the installed provider', () => {
  const [conflict] = runtimeConflicts({ runtime: 'nodejs24.x' }, AWS_PROVIDER_VERSION);
  const read = () => readSettings({}, { RUNTIME: 'nodejs24.x' }).runtime;
  if (conflict === undefined) expect(read()).toBe('nodejs24.x');
  else expect(read).toThrow(conflict);
});

test.each(NODE_RUNTIMES)('functions get the runtime %s', (runtime) => {
  const app = Testing.app();
  new CrudStack(app, items, { ...readSettings({}, {}), runtime }, new Map([['items', BUNDLE]]));
  app.synth();
  const file = path.join(app.outdir, 'stacks/items/cdk.tf.json');
  const { resource } = JSON.parse(readFileSync(file, 'utf8')) as {
    resource: { aws_lambda_function: Record<string, { runtime: string }> };
  };
  expect(Object.values(resource.aws_lambda_function).map((each) => each.runtime)).toEqual([runtime]);
});
