import { checkReview, comparisonText, createReviewKey, parseReview, type Plan, summarize } from '../src';
import { formatReviewRecord, reviewedStacks } from '../src/review/record';
import { fixture, planWith } from './support/plans';

const key = createReviewKey('1'.repeat(64));
const otherKey = createReviewKey('2'.repeat(64));

const review = (markdown: string) => parseReview(markdown, 'review.md');
const check = (markdown: string, ...plans: readonly Plan[]) => checkReview(review(markdown), plans, { key });

describe('a text that is not the summary of the plan', () => {
  const plan = fixture('replace-table-items');
  const summary = summarize([plan], { key });
  const record = /<!-- plan-review.*\n/.exec(summary)?.[0] ?? '';
  const own = summary.slice(0, -record.length - 2);

  test.each([
    ['a forged text before the record', '## Terraform plan: No changes'],
    ['a text before the summary', `Looks good to me.\n\n${own}`],
    ['a text after the summary', `${own}\n\nLooks good to me.`],
    ['a removed warning', own.replace(/^> - .*\n/m, '')],
    ['a removed row', own.replace(/^\| \*\*replace\*\*.*\n/m, '')],
    ['a changed value', own.replace('"sku"', '"id"')],
    ['a look-alike letter', own.replace('hash_key', 'h\u0430sh_key')],
    ['an invisible character', own.replace('hash_key', 'hash\u200b_key')],
    ['a lone carriage return', own.replace('\n', '\r')],
    ['folded changes', own.replace('<details open>', '<details>')],
    ['an unclosed comment', own.replace('## Terraform', '<!-- \n## Terraform')],
    ['two marks', `<!-- a -->\n<!-- b -->\n${own}`],
    ['a mark with a text', `<!-- a --> text\n${own}`],
    ['one more space', own.replace('\n', ' \n')],
  ])('is refused: %s', (_, text) => {
    expect(text).not.toBe(own);
    const comparison = check(`${text}\n\n${record}`, plan);
    expect(comparison).toMatchObject({ same: false, stacks: [], text: { kind: 'line' } });
    expect(comparisonText(comparison)).toMatch(
      /^The text is not the summary of this plan\.\n {2}The first different line is line \d+:\n {6}- .*\n {6}\+ /,
    );
  });

  test('is refused when another text stands before the plans, unless it has a seal of the same key', () => {
    const forged = summarize([plan], { key: otherKey, first: '> Approved by the security team' });
    const comparison = check(forged, plan);
    expect(comparison).toMatchObject({ same: false, stacks: [], text: { kind: 'first' } });
    expect(comparisonText(comparison)).toContain(
      'The reviewed text cannot be verified.\n  It has a text before the plans, and its review record has no seal of your key.',
    );
    expect(checkReview(review(forged), [plan], { key: otherKey }).same).toBe(true);
    expect(check(summarize([plan], { key: otherKey }), plan).same).toBe(true);
  });

  test('is refused when its record has another text before the plans', () => {
    const stacks = reviewedStacks([plan], key);
    const content = { commit: undefined, form: 0, stacks };
    const forged = (first: string) => `${own}\n\n${formatReviewRecord({ ...content, first }, own, otherKey)}\n`;
    expect(check(forged(''), plan).same).toBe(true);
    expect(check(forged('> text'), plan).same).toBe(false);
    expect(() => check(forged('# text'), plan)).toThrow('unexpected line 1: "# text"');
  });
});

describe('a summary that omits parts', () => {
  const plan = fixture('replace-table-items');
  const shortened = summarize([plan], { key: otherKey, limit: 1_500 });

  test('is refused if a complete summary fits into the limit, unless it has a seal of the same key', () => {
    expect(shortened).toContain('This summary omits all attributes, because');
    const comparison = check(shortened, plan);
    expect(comparison).toMatchObject({ same: false, stacks: [], text: { kind: 'shortened' } });
    expect(comparisonText(comparison)).toContain('It omits parts that fit into the default limit');
    expect(checkReview(review(shortened), [plan], { key: otherKey }).same).toBe(true);
  });

  test('is accepted from another key if a longer summary exceeds the default limit', () => {
    const changes = Array.from({ length: 40 }, (_, index) => ({ [`k${index}`]: 'x'.repeat(900) }));
    const large = planWith(
      ...changes.flatMap(
        (after) =>
          [
            ['aws_a', null, after],
            ['aws_b', {}, after],
          ] as const,
      ),
    );
    const markdown = summarize([large], { key: otherKey });
    expect(markdown).toContain('This summary omits the attributes of created resources, because');
    expect(check(markdown, large).same).toBe(true);
    expect(check(summarize([large], { key: otherKey, limit: 20_000 }), large).same).toBe(false);
  });
});

test('refuses a record that is missing, repeated, cut or changed', () => {
  const summary = summarize([fixture('setting-items')], { key });
  const line = /^<!-- plan-review.*$/m.exec(summary)?.[0] ?? '';
  const expectParsing = (markdown: string) => expect(() => review(markdown));
  expectParsing('# Nothing').toThrow(/review\.md: contains no review record .* Make a new summary with plan-summary/);
  expectParsing(summary + summary).toThrow(/contains 2 review records/);
  expectParsing(summary.slice(0, -20)).toThrow(/is incomplete/);
  expectParsing(summary.replace(line, `text ${line}`)).toThrow(/is not a separate line at the end/);
  expectParsing(`${summary}text`).toThrow(/is not a separate line at the end/);
  expectParsing(summary.replace(line, line.replace(/.{8} -->$/, ' -->'))).toThrow(/checksum is wrong|is incomplete/);
  expectParsing(summary.replace('plan-review 2', 'plan-review 1')).toThrow(/has version 1; only 2 is supported/);
});
