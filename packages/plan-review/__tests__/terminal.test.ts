import { parsePlan, terminalSummary, terminalWarnings } from '../src';
import { fixture, rawPlan, resource } from './support/plans';

test('shows a plan without HTML, code fences and syntax of alerts', () => {
  const text = terminalSummary([fixture('replace-table-items')]);
  expect(text).not.toMatch(/<details|<!--|```|\[!|\*\*|\| ---/);
  expect(text).toContain('\n| replace | `aws_dynamodb_table.items` | forced by `hash_key` |\n');
  expect(text).toContain('\n- hash_key: "id"\n+ hash_key: "sku"  # forces replacement\n');
});

test('shows warnings and counts', () => {
  expect(terminalWarnings([fixture('replace-table-items')])).toMatch(
    /^> CAUTION\n> Loses data\n> - `aws_dynamodb_table\.items` is deleted and re-created[^]*\n\nTerraform plan: 1 to replace, 1 to change$/,
  );
});

test('shows every created resource with its attributes', () => {
  const plan = fixture('create-products');
  const text = terminalSummary([plan]);
  for (const { address } of plan.changes) {
    expect(text).toContain(`\n| create | \`${address}\` |`);
    expect(text).toContain(`\n@@ ${address} is created @@\n`);
  }
});

test('a value cannot hide the next change', () => {
  const tags = { note: '<details><summary>only tags change</summary>' };
  const plan = rawPlan(
    resource('aws_cloudwatch_log_group', { actions: ['update'], before: { tags: {} }, after: { tags } }),
    resource('aws_sqs_queue', { actions: ['update'], before: { delay_seconds: 0 }, after: { delay_seconds: 43199 } }),
  );
  expect(terminalSummary([parsePlan(plan, 'plan.json', 'stack')])).toContain('+ delay_seconds: 43199');
});
