/** The check of the blocks `removed`: a stack may only forget permissions of functions, and its key. */
import { check } from '../support/changed-template';

/** The faults of a stack with one more block. */
const faultsWith = (block: unknown) =>
  check((json) => (json['removed'] = [...(json['removed'] as readonly unknown[]), block])).faults;

const KEPT = { destroy: false };

test('accepts a block that forgets a permission', () => {
  expect(faultsWith({ from: 'aws_lambda_permission.GET_items-id', lifecycle: KEPT })).toEqual([]);
});

test('accepts a block that forgets the key of the stack', () => {
  expect(faultsWith({ from: 'aws_kms_key.data', lifecycle: KEPT })).toEqual([]);
});

test('accepts a stack without blocks', () => {
  expect(check((json) => delete json['removed']).faults).toEqual([]);
});

test.each<[string, unknown]>([
  ['a permission that is destroyed', { from: 'aws_lambda_permission.x', lifecycle: { destroy: true } }],
  ['no lifecycle, which destroys', { from: 'aws_lambda_permission.x' }],
  ['a template as lifecycle', { from: 'aws_lambda_permission.x', lifecycle: { destroy: '${false}' } }],
  ['another lifecycle', { from: 'aws_lambda_permission.x', lifecycle: { ...KEPT, precondition: [] } }],
  ['another key', { from: 'aws_kms_key.other', lifecycle: KEPT }],
  ['a table', { from: 'aws_dynamodb_table.table', lifecycle: KEPT }],
  ['a data source', { from: 'data.aws_lambda_permission.x', lifecycle: KEPT }],
  ['an index', { from: 'aws_lambda_permission.x["a"]', lifecycle: KEPT }],
  ['a module', { from: 'module.a.aws_lambda_permission.x', lifecycle: KEPT }],
  ['a template', { from: '${file("/etc/passwd")}', lifecycle: KEPT }],
  ['a template behind a permission', { from: 'aws_lambda_permission.x${file("x")}', lifecycle: KEPT }],
  ['two lines', { from: 'aws_lambda_permission.x\n', lifecycle: KEPT }],
  ['an address that is not a text', { from: ['aws_lambda_permission.x'], lifecycle: KEPT }],
  [
    'a provisioner',
    { from: 'aws_lambda_permission.x', lifecycle: KEPT, provisioner: { 'local-exec': { command: 'env' } } },
  ],
  ['a connection', { from: 'aws_lambda_permission.x', lifecycle: KEPT, connection: {} }],
  ['no object', 'aws_lambda_permission.x'],
  ['a list', [{ from: 'aws_lambda_permission.x', lifecycle: KEPT }]],
])('refuses %s', (_, block) => {
  const faults = faultsWith(block);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^notes: removed\[\d+\] is [^\n]*\. Only permissions and the key can be removed: /);
});

test('refuses a map of blocks', () => {
  const { faults } = check((json) => (json['removed'] = { a: {} }));
  expect(faults).toEqual([expect.stringContaining('notes: removed[0] is {"a":{}}. ') as string]);
});
