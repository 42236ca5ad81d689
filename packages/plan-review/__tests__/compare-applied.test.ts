import { checkReview, comparisonText, createReviewKey, parsePlan, parseReview, summarize } from '../src';
import { fixture, rawPlan, resource } from './support/plans';

const key = createReviewKey('1'.repeat(64));
const otherKey = createReviewKey('2'.repeat(64));

describe('a stack that an interrupted deployment has applied', () => {
  const [items, products] = [fixture('setting-items'), fixture('setting-products')];
  const appliedItems = { ...fixture('unchanged-items'), name: 'items' };
  const reviewed = parseReview(summarize([items, products], { key }));
  const options = { key, unchanged: ['items'] };

  test('needs no review if the summary has a seal of the same key', () => {
    expect(checkReview(reviewed, [appliedItems, products], options)).toMatchObject({
      same: true,
      plans: [{ name: 'products' }],
    });
    expect(checkReview(reviewed, [appliedItems, products], { key }).same).toBe(false);
  });

  test.each([
    ['another key', reviewed, { ...options, key: otherKey }],
    ['a changed text', { ...reviewed, text: `${reviewed.text} ` }, options],
  ])('is refused with %s', (_, changed, withOptions) => {
    const comparison = checkReview(changed, [appliedItems, products], withOptions);
    expect(comparison).toMatchObject({ same: false, text: { kind: 'unsealed', stacks: ['items'] } });
    expect(comparisonText(comparison)).toContain('The review record has no seal of your key');
  });

  test('hides its secrets in the differences of the other stacks', () => {
    const secret = 'correct-horse-battery';
    const applied = { ...appliedItems, secrets: [secret] };
    const change = { actions: ['update'], before: { note: 'a' }, after: { note: `login ${secret}` } };
    const other = parsePlan(rawPlan(resource('aws_sqs_queue', change)), 'plan.json', 'products');
    const comparison = checkReview(reviewed, [applied, other], options);
    expect(comparison).toMatchObject({ same: false, plans: [{ name: 'products' }] });
    expect(comparisonText(comparison)).toContain('+ note: "login (sensitive)"');
  });

  test('is still a difference of the other stacks', () => {
    expect(checkReview(reviewed, [appliedItems, fixture('create-products')], options).same).toBe(false);
  });
});
