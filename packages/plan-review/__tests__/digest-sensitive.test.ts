import fc from 'fast-check';
import { parsePlan, summarize } from '../src';
import { planEntries } from '../src/review/digest';
import { createReviewKey } from '../src/review/key';
import type { RawChange, RawPlan } from '../src/read/schema';
import { digestOf, digestOfPlans, KEY, rawFixture, rawPlan, resource } from './support/plans';

/** A plan that changes `s` from `before` to `after`, both sensitive. */
function secretChange(before: unknown, after: unknown, mark: unknown = true): RawPlan {
  const marks = { before_sensitive: { s: mark }, after_sensitive: { s: mark } };
  const change = { actions: ['update'], before: { s: before, a: 1 }, after: { s: after, a: 2 }, ...marks };
  return rawPlan(resource('t', change as RawChange));
}

test('another sensitive value changes the digest', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const isSame = JSON.stringify(a) === JSON.stringify(b);
      expect(digestOf(secretChange('x', [a])) === digestOf(secretChange('x', [b]))).toBe(isSame);
    }),
  );
  expect(digestOf(secretChange({ a: 1 }, { a: 'x', b: 1 }, { a: true }))).not.toBe(
    digestOf(secretChange({ a: 1 }, { a: 'y', b: 1 }, { a: true })),
  );
});

test('the digest of a plan with sensitive values depends on the key, and on where the value is', () => {
  const raw = secretChange('x', 'y');
  expect(digestOf(raw, createReviewKey('f'.repeat(64)))).not.toBe(digestOf(raw));
  const twoStacks = ['a', 'b'].map((name) => planEntries(parsePlan(raw, 'plan.json', name), KEY)[0]?.hash);
  expect(twoStacks[0]).not.toBe(twoStacks[1]);
  // A text in the plan that equals the hash is not the hidden value.
  const mark = `(hidden ${KEY.hash('stack', 't.a', 's', '"y"')})`;
  expect(digestOf(secretChange('x', mark, false))).not.toBe(digestOf(raw));
});

test('without sensitive values, the digest does not depend on the key', () => {
  for (const raw of [rawFixture('setting-items'), secretChange(null, null)]) {
    expect(digestOfPlans([parsePlan(raw, 'plan.json', 'stack')], undefined)).toBe(digestOf(raw));
  }
});

test('refuses a sensitive value without a key, by its address and attribute', () => {
  const plan = parsePlan(secretChange('x', 'y'), 'plan.json', 'stack');
  expect(() => digestOfPlans([plan], undefined)).toThrow(
    'stack: "t.a, s" is sensitive, and there is no review key to compare it with. Pass a key file with --key',
  );
});

test('the constants of write-only arguments change the digest, and are never shown', () => {
  const change = { actions: ['update'], before: { v: 1 }, after: { v: 2, block: [{ password_wo: null }] } };
  const withConstant = (secret: string) => ({
    ...rawPlan(resource('t', { ...change, after: { ...change.after, note: `login ${secret}` } })),
    configuration: {
      root_module: {
        resources: [{ address: 't.a', expressions: { block: [{ password_wo: { constant_value: secret } }] } }],
      },
    },
  });
  const [one, two] = [withConstant('lighthouse-keeper'), withConstant('windmills')];
  const withoutNote = (raw: typeof one) => ({ ...raw, resource_changes: [resource('t', change)] });
  expect(digestOf(withoutNote(one))).not.toBe(digestOf(withoutNote(two)));
  const plan = parsePlan(one, 'plan.json', 'stack');
  expect(plan.secrets).toEqual(['lighthouse-keeper']);
  const summary = summarize([plan], { key: KEY });
  expect(summary).toContain('  block[0].password_wo: (sensitive value, write-only)');
  expect(summary).not.toContain('lighthouse');
  expect(() => digestOfPlans([plan], undefined)).toThrow('is sensitive, and there is no review key');
});

test('a value that is no longer sensitive changes the digest, and is shown', () => {
  const withMarks = (before: boolean, after: boolean) => {
    const marks = { before_sensitive: { s: before }, after_sensitive: { s: after } };
    const values = { before: { s: 'lighthouse', a: 1 }, after: { s: 'lighthouse', a: 2 } };
    const changed = resource('t', { actions: ['update'], ...values, ...marks });
    const outputMarks = { before_sensitive: before, after_sensitive: after };
    const output = { actions: ['update'], before: 'windmills', after: 'windmills', ...outputMarks };
    return { ...rawPlan(changed), output_changes: { o: output } };
  };
  const [opened, kept] = [withMarks(true, false), withMarks(true, true)];
  expect(digestOf(opened)).not.toBe(digestOf(kept));
  const summary = summarize([parsePlan(opened, 'plan.json', 'stack')], { key: KEY });
  expect(summary).toContain('  s is no longer sensitive');
  expect(summary).toContain('  o is no longer sensitive');
});

test("an output's new mark stands in the configuration, and its old mark in the state", () => {
  const value = { actions: ['update'], before: 'windmills', after: 'windmills' };
  // Terraform writes whether the output was or is sensitive.
  const raw = { ...rawPlan(), output_changes: { o: { ...value, before_sensitive: true, after_sensitive: true } } };
  const withMarks = (before: boolean, after: boolean) => ({
    ...raw,
    configuration: { root_module: { outputs: { o: after ? { sensitive: true } : {} } } },
    prior_state: { values: { outputs: { o: { sensitive: before, value: 'windmills' } } } },
  });
  const [opened, hidden, kept] = [withMarks(true, false), withMarks(false, true), withMarks(true, true)];
  expect(new Set([opened, hidden, kept].map((plan) => digestOf(plan))).size).toBe(3);
  const [first, second] = [opened, hidden].map((plan) =>
    summarize([parsePlan(plan, 'plan.json', 'stack')], { key: KEY }),
  );
  expect(first).toContain('  o is no longer sensitive');
  expect(second).toContain('  o becomes sensitive');
  expect(`${first}${second}`).not.toContain('windmills');
});
