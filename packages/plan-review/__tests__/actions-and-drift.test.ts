/** Reads invocations of actions, failed checks, and the drift that a refresh stores. */
import { parsePlan } from '../src';
import type { RawPlan } from '../src/read/schema';
import { parse } from './support/configuration';
import { resource } from './support/plans';

const invocation = {
  address: 'action.aws_lambda_invoke.a',
  type: 'aws_lambda_invoke',
  config_values: { function_name: 'f', payload: 'correct horse', qualifier: null },
  config_sensitive: { payload: true },
  config_unknown: { qualifier: true },
};

test.each([
  ['lifecycle_action_trigger', { action_trigger_event: 'AfterUpdate' }, 'lifecycle'],
  ['invoke_action_trigger', {}, 'invoke'],
  ['invoke_cmd_action_trigger', { calling_resource_address: 'a.b' }, 'invoke'],
])('reads an action that is invoked by %s', (field, trigger, kind) => {
  const plan = parse({ action_invocations: [{ ...invocation, [field]: trigger }] });
  expect(plan.invocations).toMatchObject([
    { address: 'action.aws_lambda_invoke.a', hidden: { payload: true }, trigger: { [kind]: trigger } },
  ]);
  expect(plan.secrets).toEqual(['correct horse']);
});

test('reads failed checks, with the message of each instance', () => {
  const check = (name: string, status: string, more: object = {}) => ({
    address: { to_display: name },
    status,
    ...more,
  });
  const problems = [{ message: 'is empty' }, { message: 'is old' }];
  const plan = parse({
    checks: [
      check('check.ok', 'pass', { instances: [check('check.ok', 'pass')] }),
      check('aws_a.b', 'fail', { instances: [check('aws_a.b[0]', 'pass'), check('aws_a.b[1]', 'fail', { problems })] }),
      check('check.broken', 'error'),
      check('check.later', 'unknown'),
    ],
  });
  expect(plan.checks).toEqual([
    { address: 'aws_a.b[1]', status: 'fail', messages: ['is empty', 'is old'] },
    { address: 'check.broken', status: 'error', messages: [] },
  ]);
});

const drifted = { ...resource('t', { actions: ['update'], before: { a: 1 }, after: { a: 2 } }) };
const noop = resource('t', { actions: ['no-op'], before: { a: 2 }, after: { a: 2 } });
const refreshOnly = (more: Partial<RawPlan>) => parse({ applyable: true, resource_drift: [drifted], ...more });

test('a plan that only stores the drift shows all of it', () => {
  expect(refreshOnly({ resource_changes: [] })).toMatchObject({ refreshOnly: true, drift: [{ address: 't.a' }] });
  expect(refreshOnly({ resource_changes: [noop] }).refreshOnly).toBe(true);
  const old = { resource_drift: [drifted], configuration: {} };
  expect(parsePlan({ format_version: '1.1', ...old }, 'plan.json', 'stack').refreshOnly).toBe(true);
  const outputs = { o: { actions: ['create'], before: null, after: 1 } };
  expect(refreshOnly({ resource_changes: [], output_changes: outputs }).refreshOnly).toBe(true);
});

test('a plan that does something else, or that cannot be applied, does not store the drift', () => {
  const change = resource('t', { actions: ['update'], before: { b: 1 }, after: { b: 2 } });
  const others: readonly Partial<RawPlan>[] = [
    { resource_changes: [noop], applyable: false },
    { resource_changes: [noop], resource_drift: [] },
    { resource_changes: [change] },
    { resource_changes: [noop], action_invocations: [invocation] },
    { resource_changes: [noop], output_changes: { o: { actions: ['create'], before: null, after: 1 } } },
  ];
  for (const other of others) expect(refreshOnly(other)).toMatchObject({ refreshOnly: false, drift: [] });
});
