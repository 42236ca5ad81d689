import { checkReview, comparisonText, createReviewKey, parsePlan, parseReview, type Plan, summarize } from '../src';
import type { Attributes } from '../src/model/value';
import type { RawChange, RawPlan } from '../src/read/schema';
import { differentLines, reviewedLines } from '../src/print/reviewed-lines';
import { planWith, rawPlan, resource } from './support/plans';

const key = createReviewKey('1'.repeat(64));

/** The text of a comparison of a plan with the summary of another plan. */
function compared(
  reviewed: Plan | readonly Plan[],
  now: Plan | readonly Plan[],
  { limit = 64_000, edit = (text: string) => text } = {},
) {
  const review = parseReview(summarize([reviewed].flat(), { key, limit }));
  return comparisonText(checkReview({ ...review, text: edit(review.text) }, [now].flat(), { key }));
}

const ofQueue = (before: Attributes, after: Attributes, marks: Partial<RawChange> = {}): RawPlan =>
  rawPlan(resource('aws_sqs_queue', { actions: ['update'], before, after, ...marks }));
const planOf = (raw: RawPlan, name = 'stack') => parsePlan(raw, 'plan.json', name);
const queue = (...args: Parameters<typeof ofQueue>) => planOf(ofQueue(...args));

test('shows the reviewed and the new lines of the attributes that differ, and no other lines', () => {
  const text = compared(queue({ pin: '1', a: 1 }, { pin: '2', a: 2 }), queue({ pin: '1', a: 1 }, { pin: '3', a: 2 }));
  expect(text).toBe(
    [
      'The plan differs from the reviewed plan.',
      '',
      'stack: differs in one place',
      '  In the lines, - is a value before the apply, and + the value after it.',
      '  The lines after "reviewed" are copied from the reviewed text, which is not checked.',
      '  aws_sqs_queue.a: change, with values that differ from the reviewed values',
      '      reviewed  + pin: "2"',
      '      now       + pin: "3"',
      '',
      'Do not apply this plan. Make a new summary with plan-summary, and have it reviewed first.',
    ].join('\n'),
  );
});

test('names the attributes of a created resource that differ', () => {
  const created = (a: string) => planWith(['aws_sqs_queue', null, { a, b: 'same', c: '<!--' }]);
  const text = compared(created('one'), created('two'));
  expect(text).toContain('      reviewed  + a: "one"\n      now       + a: "two"\n');
  expect(text).not.toMatch(/same|u\{3c\}/);
});

test('finds the lines of the same address in its own stack', () => {
  const plans = (pin: string) =>
    ['one', 'two'].map((name) => planOf(ofQueue({ pin: '1' }, { pin: `${name} ${pin}` }), name));
  const text = compared(plans('2'), plans('3'));
  for (const name of ['one', 'two']) {
    expect(text).toContain(`      reviewed  + pin: "${name} 2"\n      now       + pin: "${name} 3"\n`);
  }
});

test('finds the lines of a provider configuration', () => {
  const assuming = (role: string) => {
    const assume_role = [{ role_arn: { constant_value: role } }];
    const provider_config = { aws: { full_name: 'registry.terraform.io/hashicorp/aws', expressions: { assume_role } } };
    return planOf({ ...ofQueue({ a: 1 }, { a: 2 }), configuration: { provider_config } });
  };
  expect(compared(assuming('one'), assuming('two'))).toMatch(/reviewed .*"one".*\n +now .*"two"/);
});

const SAME =
  'The reviewed text has the same lines: a sensitive value differs, or a value that a summary does not show.';

test('says that a sensitive value, or a value that is not shown, may differ when all lines are equal', () => {
  const marks = { before_sensitive: { pin: true }, after_sensitive: { pin: true } };
  const hidden = (pin: string) => queue({ pin: '1', a: 1 }, { pin, a: 2 }, marks);
  const text = compared(hidden('2'), hidden('3'));
  expect(text).toContain(`    ${SAME}\n      - a: 1\n      + a: 2\n      - pin: (sensitive value)\n`);
  const unchanged = (b: number) => queue({ a: 1, b }, { a: 2, b });
  expect(compared(unchanged(1), unchanged(2))).toContain(`    ${SAME}\n      - a: 1\n      + a: 2\n`);
});

test.each([
  ['another order', ['b', 'c'], ['c', 'b']],
  ['a doubled line', ['b', 'b', 'c'], ['b', 'c', 'c']],
])('says that the same lines have %s', (_, reviewed, now) => {
  const changed = (list: readonly string[]) => queue({ a: ['a'] }, { a: list });
  const text = compared(changed(reviewed), changed(now));
  expect(text).toContain(
    '    The reviewed text has the same lines in another order, or another number of equal lines.',
  );
  expect(text).not.toContain(SAME);
});

test('says that the record names no attributes when the reviewed text does not show the address', () => {
  const [two, three] = [queue({ pin: '1' }, { pin: '2' }), queue({ pin: '1' }, { pin: '3' })];
  const unknown =
    '    The record does not say which values. The lines of the new plan:\n      - pin: "1"\n      + pin: "3"\n';
  expect(compared(two, three, { edit: () => '## Terraform plan: No changes' })).toContain(unknown);
  const twice = (text: string) => text.replace('@@ aws_sqs_queue.a is changed @@', '$&\n+ pin: "3"\n\n$&');
  expect(compared(two, three, { edit: twice })).toContain(unknown);
  expect(compared(two, three)).not.toContain('does not say');
});

test('hides a value of the reviewed text that is sensitive in the new plan, and spells out its control characters', () => {
  const secret = 'correct-horse-battery';
  const opened = queue({ note: 'a', pin: 'x' }, { note: `login ${secret}`, pin: 'x' });
  const marks = { before_sensitive: { pin: true }, after_sensitive: { pin: true } };
  const hidden = queue({ note: 'a', pin: secret }, { note: 'b', pin: secret }, marks);
  const text = compared(opened, hidden, { edit: (reviewed) => reviewed.replace('login', 'log\u001b[2Jin') });
  expect(text).toContain('reviewed  + note: "log\\u{1b}[2Jin (sensitive)"\n');
  expect(text).not.toContain(secret);
});

test('reads the lines of one stack, below headings that occur once', () => {
  const text =
    '### other: 1 to change\n@@ a @@\n+ x\n### stack in x: 1 to change\n@@ a @@\n+ b\n```\n@@ c @@\n\n@@ c @@\n+ d';
  expect([...reviewedLines(text, 'stack')]).toEqual([['@@ a @@', ['+ b']]]);
  expect([...reviewedLines(text, 'sta')]).toEqual([]);
  expect(differentLines(['a', 'b'], ['b', 'a', 'c'])).toEqual({ reviewed: [], now: ['c'] });
});

test('compares 1,000 changes of a long text in less than five seconds', () => {
  const plan = (value: string) =>
    planWith(
      ...Array.from({ length: 1_000 }, (_, index) => ['aws_x', { a: '', b: index }, { a: value, b: index }] as const),
    );
  const [reviewed, now] = [plan('one'), plan('two')];
  // The processor time: other programs may run on this machine.
  const start = process.cpuUsage();
  expect(compared(reviewed, now, { limit: 10_000_000 }).match(/ now /g)).toHaveLength(1_000);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(5);
});
