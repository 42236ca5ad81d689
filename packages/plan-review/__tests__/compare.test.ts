import { checkReview, comparisonText, createReviewKey, parsePlan, parseReview, type Plan, summarize } from '../src';
import type { RawPlan } from '../src/read/schema';
import { formatReviewRecord, reviewedStacks, withoutAddresses } from '../src/review/record';
import { fixture, fixtureNames, rawFixture, rawPlan, resource } from './support/plans';

const COMMIT = 'a'.repeat(40);
const key = createReviewKey('1'.repeat(64));
const otherKey = createReviewKey('2'.repeat(64));

const review = (markdown: string) => parseReview(markdown, 'review.md');
/** The review of plans that `summarize` has just made. */
const reviewOf = (...plans: readonly Plan[]) => review(summarize(plans, { key }));
const check = (markdown: string, ...plans: readonly Plan[]) => checkReview(review(markdown), plans, { key });

/** A recorded plan in which `from` is replaced with `to`. */
function editedFixture(name: string, from: string, to: string) {
  const raw = JSON.parse(JSON.stringify(rawFixture(name)).replaceAll(from, to)) as RawPlan;
  return parsePlan(raw, 'plan.json', 'items');
}

test.each(fixtureNames)('%s matches its review, also with CRLF and with a mark in the first line', (name) => {
  const plan = fixture(name);
  const comment = `<!-- sticky -->\n${summarize([plan], { commit: COMMIT, key })}`.replaceAll('\n', '\r\n');
  const comparison = checkReview(review(comment), [plan], { commit: COMMIT, key });
  expect(comparison).toMatchObject({ same: true, stacks: [] });
  expect(comparisonText(comparison)).toMatch(/^The plan equals the reviewed plan: \w+ \(sha256:[0-9a-f]{64}\)\.$/);
});

test.each([
  ['a text before the plans', { first: '> note' }],
  ['a commit', { commit: COMMIT }],
  ['omitted parts', { limit: 3_000 }],
])('a review with %s is rendered again from its record', (_, options) => {
  const plans = [fixture('setting-items'), fixture('create-products')];
  expect(check(summarize(plans, { ...options, key }), ...plans)).toMatchObject({ same: true });
});

test('names the addresses that differ, and shows the attributes of the new plan', () => {
  const plan = fixture('replace-table-items');
  const comparison = checkReview(reviewOf(fixture('setting-items')), [plan], { key });
  expect(comparison.same).toBe(false);
  expect(comparison.stacks[0]?.differences).toEqual([
    { address: 'aws_dynamodb_table.items', kind: 'added', now: 'replace' },
    { address: 'aws_iam_role_policy.function', kind: 'added', now: 'change' },
    { address: 'aws_lambda_alias.function', kind: 'removed', reviewed: 'change' },
    { address: 'aws_lambda_function.function', kind: 'removed', reviewed: 'change' },
    { address: 'data.aws_iam_policy_document.function_permissions', kind: 'added', now: 'read' },
  ]);
  const text = comparisonText(comparison);
  expect(text).toContain('  aws_dynamodb_table.items: not in the reviewed plan, now replace\n');
  expect(text).toContain('      + hash_key: "sku"  # forces replacement\n');
  expect(text).toContain('  aws_lambda_function.function: no longer in the plan, reviewed as change\n');
  expect(text).toMatch(/Make a new summary with plan-summary, and have it reviewed first/);
});

test('distinguishes changed values from a changed action', () => {
  const reviewed = reviewOf(fixture('setting-items'));
  const values = checkReview(reviewed, [editedFixture('setting-items', '512', '1024')], { key });
  expect(values.stacks[0]?.differences).toEqual([
    { address: 'aws_lambda_function.function', kind: 'values', reviewed: 'change', now: 'change' },
  ]);
  expect(comparisonText(values)).toContain('items: differs in one place\n');
  const action = checkReview(reviewed, [editedFixture('setting-items', '["update"]', '["delete","create"]')], { key });
  expect(action.stacks[0]?.differences).toEqual([
    { address: 'aws_lambda_alias.function', kind: 'action', reviewed: 'change', now: 'replace' },
    { address: 'aws_lambda_function.function', kind: 'action', reviewed: 'change', now: 'replace' },
  ]);
});

test('reports a stack without a review, a stack without a plan, and a different commit', () => {
  const [items, products] = [fixture('create-items'), fixture('create-products')];
  const reviewed = review(summarize([items], { commit: COMMIT, key }));
  const now = 'b'.repeat(40);
  const text = comparisonText(checkReview(reviewed, [products], { commit: now, key }));
  expect(text).toContain(`The review was made for commit ${COMMIT}, this plan for commit ${now}.`);
  expect(text).toContain('items: was reviewed, but has no new plan.');
  expect(text).toContain('products: was not reviewed.');
  expect(text).toContain('If products is the plan of items, pass it as items=FILE.');
  expect(checkReview(reviewed, [items, products], { key }).same).toBe(false);
  expect(checkReview(reviewed, [items], { commit: now, key }).same).toBe(false);
  expect(checkReview(reviewOf(items), [items], { commit: COMMIT, key }).same).toBe(false);
  expect(() => checkReview(reviewed, [], { key })).toThrow('There is no plan');
});

test('a record without addresses still detects a difference', () => {
  const plan = fixture('setting-items');
  const stacks = withoutAddresses(reviewedStacks([plan], key));
  const record = formatReviewRecord({ commit: undefined, form: 6, first: '', stacks }, 'text', key);
  const comparison = check(`text\n\n${record}\n`, editedFixture('setting-items', '512', '1024'));
  expect(comparison.same).toBe(false);
  expect(comparisonText(comparison)).toContain('had no space for them');
});

describe('sensitive values', () => {
  const planOf = (password: string) => {
    const marks = { before_sensitive: { password: true }, after_sensitive: { password: true } };
    const change = { actions: ['update'], before: { password: 'old password' }, after: { password }, ...marks };
    return parsePlan(rawPlan(resource('aws_db_instance', change)), 'plan.json', 'stack');
  };

  test('a plan with another secret differs, and the secret is not shown', () => {
    const comparison = checkReview(reviewOf(planOf('first password')), [planOf('other password')], { key });
    expect(comparison.stacks[0]?.differences).toMatchObject([{ kind: 'values' }]);
    expect(comparisonText(comparison)).toContain('+ password: (sensitive value, changed)');
    expect(comparisonText(comparison)).not.toContain('other password');
  });

  test('are hashed once for the comparison, and once for the text', () => {
    const hashed: string[] = [];
    const hash = (...parts: readonly string[]) => {
      if (parts[0] === 'stack') hashed.push(parts.join());
      return key.hash(...parts);
    };
    const plan = planOf('first password');
    expect(checkReview(reviewOf(plan), [plan], { key: { id: key.id, hash } }).same).toBe(true);
    // The value before and the value after.
    expect(hashed).toHaveLength(2 * 2);
  });

  test('cannot be compared with another key', () => {
    const plan = planOf('first password');
    const comparison = checkReview(reviewOf(plan), [plan], { key: otherKey });
    expect(comparison.same).toBe(false);
    expect(comparisonText(comparison)).toContain(
      `The review was made with the key ${key.id}, this comparison with the key ${otherKey.id}:`,
    );
    expect(comparisonText(comparison)).toContain('Compare it again, and pass the key of the review with --key.');
    expect(comparisonText(comparison)).not.toContain('Make a new summary');
    const open = review(summarize([fixture('setting-items')], { key }));
    const { key: _, ...record } = open.record;
    const withoutKey = checkReview({ ...open, record }, [fixture('setting-manager')], { key });
    expect(comparisonText(withoutKey)).toContain('Make a new summary');
  });
});
