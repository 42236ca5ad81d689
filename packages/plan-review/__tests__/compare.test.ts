import { compare, comparisonText, planOf, reviewRecord, summarize } from '../src';
import type { RawPlan } from '../src/schema';
import { recordText } from '../src/record';
import { fixture, names, rawFixture } from './plans';

const COMMIT = 'a'.repeat(40);

function changed(name: string, from: string, to: string) {
  const raw = JSON.parse(JSON.stringify(rawFixture(name)).replaceAll(from, to)) as RawPlan;
  return planOf(raw, 'plan.json', 'items');
}

test.each(names)('%s is the same as its own review, after a trip through GitHub', (name) => {
  const plan = fixture(name);
  const comment = `<!-- sticky -->\r\n${summarize([plan], { commit: COMMIT }).replaceAll('\n', '\r\n')}\r\n\r\nSee the run.`;
  const comparison = compare(reviewRecord(comment), [plan], COMMIT);
  expect(comparison).toMatchObject({ same: true, stacks: [] });
  expect(comparisonText(comparison, [plan.name])).toMatch(
    /^The plan is the reviewed one: \w+ \(sha256:[0-9a-f]{64}\)\.$/,
  );
});

test('says by address what differs, and shows the new plan there', () => {
  const record = reviewRecord(summarize([fixture('setting-items')]));
  const plan = fixture('replace-table-items');
  const comparison = compare(record, [plan]);
  expect(comparison.same).toBe(false);
  expect(comparison.stacks[0]?.differences).toEqual([
    { address: 'aws_dynamodb_table.items', kind: 'added', now: 'replace' },
    { address: 'aws_iam_role_policy.function', kind: 'added', now: 'change' },
    { address: 'aws_lambda_function.function', kind: 'gone', reviewed: 'change' },
    { address: 'data.aws_iam_policy_document.function_permissions', kind: 'added', now: 'read' },
  ]);
  const text = comparisonText(comparison, ['items']);
  expect(text).toContain('  aws_dynamodb_table.items: not in the reviewed plan, now replace\n');
  expect(text).toContain('      + hash_key: "sku"  # forces replacement\n');
  expect(text).toContain('  aws_lambda_function.function: no longer in the plan, reviewed as change\n');
  expect(text).toMatch(/have this plan reviewed/);
});

test('other values and other actions of one address', () => {
  const record = reviewRecord(summarize([fixture('setting-items')]));
  const values = compare(record, [changed('setting-items', '512', '1024')]);
  expect(values.stacks[0]?.differences).toEqual([
    { address: 'aws_lambda_function.function', kind: 'values', reviewed: 'change', now: 'change' },
  ]);
  expect(comparisonText(values, ['items'])).toContain('+ memory_size: 1024');
  const action = compare(record, [changed('setting-items', '["update"]', '["delete","create"]')]);
  expect(action.stacks[0]?.differences).toEqual([
    { address: 'aws_lambda_function.function', kind: 'action', reviewed: 'change', now: 'replace' },
  ]);
});

test('a stack that is on one side alone, and another commit', () => {
  const [items, products] = [fixture('create-items'), fixture('create-products')];
  const record = reviewRecord(summarize([items], { commit: COMMIT }));
  const text = comparisonText(compare(record, [products], 'b'.repeat(40)), ['products']);
  expect(text).toContain(`The review is of commit ${COMMIT}, the plan of commit ${'b'.repeat(40)}.`);
  expect(text).toContain('items: was reviewed, and there is no plan of it.');
  expect(text).toContain('products: was not reviewed.');
  expect(compare(record, [items, products]).same).toBe(false);
  expect(compare(record, [items], 'b'.repeat(40)).same).toBe(false);
  expect(compare(reviewRecord(summarize([items])), [items], COMMIT).same).toBe(false);
  expect(() => compare(record, [])).toThrow('There is no plan');
});

test('a record without addresses still decides', () => {
  const plan = fixture('setting-items');
  const record = reviewRecord(recordText([plan], undefined, false));
  expect(compare(record, [plan]).same).toBe(true);
  const comparison = compare(record, [fixture('create-items')]);
  expect(comparison.same).toBe(false);
  expect(comparisonText(comparison, ['items'])).toContain('too large to hold addresses');
});

test('a record that is missing, doubled, cut or changed is an error', () => {
  const summary = summarize([fixture('setting-items')]);
  const line = /^<!-- plan-review.*$/m.exec(summary)?.[0] ?? '';
  const bad = (markdown: string) => expect(() => reviewRecord(markdown, 'review.md'));
  bad('# Nothing').toThrow(/review\.md: there is no review record .* Make a new summary with `npm run plan-summary`/);
  bad(summary + summary).toThrow(/there are 2 review records/);
  bad(summary.slice(0, -20)).toThrow(/is not whole/);
  bad(summary.replace(line, `text ${line}`)).toThrow(/not on a line of its own/);
  bad(summary.replace(line, line.replace(/.{8} -->$/, ' -->'))).toThrow(/checksum is wrong|not whole/);
  bad(line.replace('plan-review 1', 'plan-review 2')).toThrow(/has version 2, and 1 is understood/);
});
