import { createReviewKey, parsePlan, summarize } from 'plan-review';
import { breakingReport } from '../../scripts/breaking/report';
import { shiftsMarkdown } from '../../scripts/canary/announcement';
import { announcementMarkdown, type StaleDeployment } from '../../scripts/redeploy/removed-routes';
import { leftoverMarkdown } from '../../scripts/terraform/leftover-states';
import { textBeforePlans } from '../../scripts/terraform/text-before-plans';
import { rolledBackMarkdown } from '../../scripts/versions/rolled-back';

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

describe('texts that are too long together', () => {
  const NAME = `a_${'b'.repeat(62)}`;
  const many = <T>(make: (at: number) => T) => Array.from({ length: 12 }, (_, at) => make(at));
  const live = { stack: NAME, functionName: NAME, live: '3' };
  const lists = [
    leftoverMarkdown(many((at) => ({ stack: NAME, key: `${NAME}/${NAME}/${NAME}`, resources: at + 1 }))),
    rolledBackMarkdown(many(() => ({ ...live, newest: '4', next: 'canary' as const }))),
    announcementMarkdown(
      many((at): StaleDeployment => ({
        ...{ stack: NAME, address: `aws_api_gateway_deployment.${NAME}`, restApiId: 'abc', stages: [NAME] },
        ...{ cause: 'plan', removed: many(() => NAME), breaksRoutes: at % 2 === 0 },
      })),
    ),
    shiftsMarkdown(many(() => ({ ...live, application: NAME, config: 'CodeDeployDefault.LambdaAllAtOnce' }))),
  ];
  const changes = Array.from({ length: 60 }, (_, at) => ({ place: `item f${at}`, change: `${at}${'x'.repeat(290)}` }));
  const first = breakingReport([{ api: NAME, findings: changes }]);

  test('lose lines of their lists until the summary accepts them', () => {
    expect(Buffer.byteLength([...lists, first].join('\n'))).toBeGreaterThan(20_000);
    const text = textBeforePlans(lists, first);
    expect(summaryOf(text)).toContain(text.trim());
    for (const [title] of lists.map((list) => list.split('\n').slice(1))) expect(text).toContain(title);
    expect(text).toContain('> - and more, which npm run plan lists.');
    expect(text.endsWith(first)).toBe(true);
  });

  test('stay as they are when they fit', () => {
    const short = [lists[0] ?? '', '', lists[1] ?? ''];
    expect(textBeforePlans(short, 'x')).toBe(`${short[0]}\n${short[2]}\nx`);
    expect(textBeforePlans(['', ''], '')).toBe('');
  });
});
