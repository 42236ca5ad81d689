import { createReviewKey, parsePlan, summarize } from 'plan-review';
import { breakingReport } from '../../scripts/breaking/report';
import { leftoverMarkdown } from '../../scripts/terraform/leftover-states';

const plan = parsePlan({ format_version: '1.2', resource_changes: [] }, 'plan.json', 'orders');
const summaryOf = (first: string) => summarize([plan], { first, key: createReviewKey('1'.repeat(64)) });

const HOSTILE = 'has values "_a", **Loses data**, `x` \u202e\u200b [a](b) __c__ @all <!-- -->';

test('the reports of broken contracts and of leftover states are accepted before the plans', () => {
  const places = ['POST /orders/{_id}, body code', 'item f1', 'answers.create', 'cors', HOSTILE];
  const report = breakingReport([
    { api: 'orders', findings: places.map((place) => ({ place, change: HOSTILE })) },
    { api: 'digest', findings: Array.from({ length: 60 }, (_, at) => ({ place: `item f${at}`, change: 'is gone' })) },
  ]);
  const states = Array.from({ length: 12 }, (_, at) => ({
    stack: `carts${at}`,
    key: `team_a/carts${at}/terraform.tfstate`,
    resources: at === 0 ? undefined : at,
  }));
  const text = [leftoverMarkdown(states), report].join('\n');
  expect(summaryOf(text)).toContain(text.trim());
});

test('the sentence of the workflow plan is accepted before the plans', () => {
  const text = '> The contracts could not be compared, so breaking changes are unknown.';
  expect(summaryOf(text)).toContain(text);
});
