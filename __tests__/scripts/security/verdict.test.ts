/** Failed checks need a reason, and reasons need a failed check. */
import { EXCEPTIONS } from '../../../scripts/security/exceptions';
import { judge, type SecurityException } from '../../../scripts/security/verdict';

const DEAD_LETTER = { check: 'CKV_AWS_116', name: 'Ensure that Lambda has a dead-letter queue' };

const RESULTS = [
  { stack: 'items', ...DEAD_LETTER, address: 'aws_lambda_function.function', passed: false },
  { stack: 'orders', ...DEAD_LETTER, address: 'aws_lambda_function.function', passed: false },
  { stack: 'items', check: 'CKV_AWS_28', name: 'Recovery', address: 'aws_dynamodb_table.items', passed: true },
];

const STACKS = ['items', 'orders', 'operations'];

function exception(resource: string, check = DEAD_LETTER.check): SecurityException {
  return { check, resource, reason: 'API Gateway waits for the answer.' };
}

test('a failed check without a reason is a fault, which names resource and check', () => {
  const { faults } = judge(STACKS, RESULTS, []);
  expect(faults).toEqual([
    'items.aws_lambda_function.function fails CKV_AWS_116, and has no reason: Ensure that Lambda has a dead-letter queue.',
    expect.stringMatching(/^orders\.aws_lambda_function\.function fails CKV_AWS_116,/),
  ]);
});

test('a reason for a type covers the resources of all stacks', () => {
  expect(judge(STACKS, RESULTS, [exception('aws_lambda_function')]).faults).toEqual([]);
});

test('a reason for a type in a stack covers the resources of this stack', () => {
  const { faults } = judge(STACKS, RESULTS, [exception('orders.aws_lambda_function')]);
  expect(faults).toEqual([expect.stringMatching(/^items\./)]);
});

test('a reason for an address covers this resource alone', () => {
  const { faults } = judge(STACKS, RESULTS, [exception('items.aws_lambda_function.function')]);
  expect(faults).toEqual([expect.stringMatching(/^orders\./)]);
});

test.each([
  ['another check', exception('aws_lambda_function', 'CKV_AWS_117')],
  ['another type', exception('aws_lambda_alias')],
  ['the start of a type', exception('aws_lambda')],
  ['another stack', exception('links.aws_lambda_function.function')],
  ['a check that passes', exception('aws_dynamodb_table', 'CKV_AWS_28')],
])('a reason for %s is a fault', (_, unused) => {
  const { faults } = judge(STACKS, RESULTS, [exception('aws_lambda_function'), unused]);
  expect(faults).toEqual([`The reason for ${unused.check} of ${unused.resource} belongs to no failed check.`]);
});

test('the summary counts the checks of each stack, and the reasons', () => {
  expect(judge(STACKS, RESULTS, [exception('items.aws_lambda_function.function')]).summary).toEqual([
    'items          1 passed    1 failed',
    'orders         0 passed    1 failed, 1 without a reason',
    'operations     0 passed    0 failed',
    '1 checks passed, 2 failed; 1 reasons for 1 of them.',
  ]);
});

test('no check of a type has two reasons', () => {
  const keys = EXCEPTIONS.map(({ check, resource }) => `${check} ${resource}`);
  expect(keys).toEqual([...new Set(keys)]);
});
