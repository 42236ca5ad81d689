/** A repeated deployment: one stack is already applied, so its part of the summary cannot be generated again. */
import { checkReview, createReviewKey, parseReview, type Plan, summarize } from '../../src';
import { readPlanText } from '../support/review';
import { type Attributes, planOf, resource } from './build';

const key = createReviewKey('5c'.repeat(32));
const planOfTable = (name: string, change: Attributes = {}): Plan =>
  readPlanText(planOf({ resources: [resource('aws_dynamodb_table.a', { a: 1 }, { a: 2 }, change)] }), name);

const summary = summarize([planOfTable('items'), planOfTable('notes')], { key });
const plans = [readPlanText(planOf({ resource_changes: [] }), 'items'), planOfTable('notes')];
const isAccepted = (text: string, reviewKey = key, unchanged = ['items']) =>
  checkReview(parseReview(text), plans, { key: reviewKey, unchanged }).same;

test('accepts the sealed summary while one stack has no changes', () => {
  expect(isAccepted(summary)).toBe(true);
});

test.each<[string, string]>([
  ['a changed text of the applied stack', summary.replace('### items', '### ltems')],
  ['a changed text of the other stack', summary.replace('### notes', '### nates')],
  ['a text before the summary', `Approved\n\n${summary}`],
])('refuses %s', (_, forged) => {
  expect(forged).not.toBe(summary);
  expect(isAccepted(forged)).toBe(false);
});

test('refuses the summary of another key, and a stack that is not named as applied', () => {
  expect(isAccepted(summary, createReviewKey('6d'.repeat(32)))).toBe(false);
  expect(isAccepted(summary, key, [])).toBe(false);
});

test('refuses other sensitive values, and the same values with another key', () => {
  const marks = { before_sensitive: { a: true }, after_sensitive: { a: true } };
  const [reviewed, other] = [planOfTable('items', marks), planOfTable('items', { ...marks, after: { a: 3 } })];
  const review = parseReview(summarize([reviewed], { key }));
  expect(checkReview(review, [reviewed], { key }).same).toBe(true);
  expect(checkReview(review, [other], { key }).same).toBe(false);
  const otherKey = createReviewKey('6d'.repeat(32));
  const comparison = checkReview(review, [reviewed], { key: otherKey });
  expect(comparison).toMatchObject({ same: false, keys: { reviewed: key.id, now: otherKey.id } });
});
