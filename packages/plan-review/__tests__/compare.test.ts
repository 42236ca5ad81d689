import { comparisonText, parsePlan, parseReviewRecord } from '../src';
import type { RawPlan } from '../src/read/schema';
import { formatReviewRecord } from '../src/review/record';
import { compareWithKey, fixture, fixtureNames, KEY, rawFixture, summarizeWithKey } from './support/plans';

const COMMIT = 'a'.repeat(40);

/** A recorded plan in which `from` is replaced with `to`. */
function editedFixture(name: string, from: string, to: string) {
  const raw = JSON.parse(JSON.stringify(rawFixture(name)).replaceAll(from, to)) as RawPlan;
  return parsePlan(raw, 'plan.json', 'items');
}

test.each(fixtureNames)('%s matches its review record, also with CRLF and with text around the record', (name) => {
  const plan = fixture(name);
  const comment = `<!-- sticky -->\r\n${summarizeWithKey([plan], { commit: COMMIT }).replaceAll('\n', '\r\n')}\r\n\r\nSee the run.`;
  const comparison = compareWithKey(parseReviewRecord(comment), [plan], COMMIT);
  expect(comparison).toMatchObject({ same: true, stacks: [] });
  expect(comparisonText(comparison, [plan.name])).toMatch(
    /^The plan equals the reviewed plan: \w+ \(sha256:[0-9a-f]{64}\)\.$/,
  );
});

test('names the addresses that differ, and shows the attributes of the new plan', () => {
  const record = parseReviewRecord(summarizeWithKey([fixture('setting-items')]));
  const plan = fixture('replace-table-items');
  const comparison = compareWithKey(record, [plan]);
  expect(comparison.same).toBe(false);
  expect(comparison.stacks[0]?.differences).toEqual([
    { address: 'aws_dynamodb_table.items', kind: 'added', now: 'replace' },
    { address: 'aws_iam_role_policy.function', kind: 'added', now: 'change' },
    { address: 'aws_lambda_function.function', kind: 'removed', reviewed: 'change' },
    { address: 'data.aws_iam_policy_document.function_permissions', kind: 'added', now: 'read' },
  ]);
  const text = comparisonText(comparison, ['items']);
  expect(text).toContain('  aws_dynamodb_table.items: not in the reviewed plan, now replace\n');
  expect(text).toContain('      + hash_key: "sku"  # forces replacement\n');
  expect(text).toContain('  aws_lambda_function.function: no longer in the plan, reviewed as change\n');
  expect(text).toMatch(/Make a new summary with plan-summary, and have it reviewed first/);
});

test('distinguishes changed values from a changed action', () => {
  const record = parseReviewRecord(summarizeWithKey([fixture('setting-items')]));
  const values = compareWithKey(record, [editedFixture('setting-items', '512', '1024')]);
  expect(values.stacks[0]?.differences).toEqual([
    { address: 'aws_lambda_function.function', kind: 'values', reviewed: 'change', now: 'change' },
  ]);
  expect(comparisonText(values, ['items'])).toContain('+ memory_size: 1024');
  const action = compareWithKey(record, [editedFixture('setting-items', '["update"]', '["delete","create"]')]);
  expect(action.stacks[0]?.differences).toEqual([
    { address: 'aws_lambda_function.function', kind: 'action', reviewed: 'change', now: 'replace' },
  ]);
});

test('reports a stack without a review, a stack without a plan, and a different commit', () => {
  const [items, products] = [fixture('create-items'), fixture('create-products')];
  const record = parseReviewRecord(summarizeWithKey([items], { commit: COMMIT }));
  const text = comparisonText(compareWithKey(record, [products], 'b'.repeat(40)), ['products']);
  expect(text).toContain(`The review was made for commit ${COMMIT}, this plan for commit ${'b'.repeat(40)}.`);
  expect(text).toContain('items: was reviewed, but has no new plan.');
  expect(text).toContain('products: was not reviewed.');
  expect(compareWithKey(record, [items, products]).same).toBe(false);
  expect(compareWithKey(record, [items], 'b'.repeat(40)).same).toBe(false);
  expect(compareWithKey(parseReviewRecord(summarizeWithKey([items])), [items], COMMIT).same).toBe(false);
  expect(() => compareWithKey(record, [])).toThrow('There is no plan');
});

test('a record without addresses still detects a difference', () => {
  const plan = fixture('setting-items');
  const record = parseReviewRecord(formatReviewRecord([plan], undefined, KEY, false));
  expect(compareWithKey(record, [plan]).same).toBe(true);
  const comparison = compareWithKey(record, [fixture('create-items')]);
  expect(comparison.same).toBe(false);
  expect(comparisonText(comparison, ['items'])).toContain('had no space for addresses');
});

test('refuses a record that is missing, repeated, cut or changed', () => {
  const summary = summarizeWithKey([fixture('setting-items')]);
  const line = /^<!-- plan-review.*$/m.exec(summary)?.[0] ?? '';
  const expectParsing = (markdown: string) => expect(() => parseReviewRecord(markdown, 'review.md'));
  expectParsing('# Nothing').toThrow(/review\.md: contains no review record .* Make a new summary with plan-summary/);
  expectParsing(summary + summary).toThrow(/contains 2 review records/);
  expectParsing(summary.slice(0, -20)).toThrow(/is incomplete/);
  expectParsing(summary.replace(line, `text ${line}`)).toThrow(/shares a line with other text/);
  expectParsing(summary.replace(line, line.replace(/.{8} -->$/, ' -->'))).toThrow(/checksum is wrong|is incomplete/);
  expectParsing(line.replace('plan-review 1', 'plan-review 2')).toThrow(/has version 2; only 1 is supported/);
});
