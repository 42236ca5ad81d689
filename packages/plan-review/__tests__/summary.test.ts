import fc from 'fast-check';
import { type Plan, planOf, reviewRecord, summarize } from '../src';
import type { RawPlan } from '../src/schema';
import { fixture, names, rawFixture, rawPlan, resource } from './plans';

const digestLine = /^Digest `sha256:[0-9a-f]{64}`$/m;

test('counts in total and by stack, the worst first', () => {
  const text = summarize([fixture('replace-table-items'), fixture('create-products')]);
  expect(text).toMatch(
    /^## Terraform plan: 1 to replace, 1 to change, 27 to create\n\n> \[!CAUTION\]\n> \*\*Loses data\*\*\n/,
  );
  expect(text).toMatch(
    /\| items \| \*\*1\*\* \| - \| 1 \| - \| `[0-9a-f]{16}` \|\n\| products \| - \| - \| - \| 27 \|/,
  );
  expect(text).toContain('| **replace** | `aws_dynamodb_table.items` | forced by `hash_key` |');
});

test('nothing to do', () => {
  const text = summarize([fixture('unchanged-items')]);
  expect(text).toMatch(/^## Terraform plan: No changes\n\nDigest/);
});

test('what a value was and becomes, what forces a replacement, what is not known yet', () => {
  const text = summarize([fixture('replace-table-items')]);
  expect(text).toContain('- hash_key: "id"\n+ hash_key: "sku"  # forces replacement\n');
  expect(text).toContain('- attribute[0].name: "id"\n+ attribute[0].name: "sku"\n');
  expect(text).toContain('  policy.Statement[1].Resource: (known after apply)');
});

test('policies are compared by what they hold', () => {
  expect(summarize([fixture('access-manager')])).toContain('\n+ policy.Statement[0].Action: "dynamodb:*"\n');
});

test.each(names)('%s: no secret, and the same text from any order', (name) => {
  const raw = rawFixture(name);
  const text = summarize([fixture(name)]);
  expect(text).not.toContain('key-of-the-fixtures');
  const keys = Object.fromEntries(Object.entries(raw.output_changes ?? {}).reverse());
  const other = planOf({ ...raw, output_changes: keys, timestamp: 'x' }, 'plan.json', fixture(name).name);
  expect(reviewRecord(summarize([other]))).toEqual(reviewRecord(text));
});

test('the order of stacks does not matter', () => {
  const plans = [fixture('create-items'), fixture('create-manager'), fixture('create-products')];
  expect(summarize([...plans].reverse())).toBe(summarize(plans));
});

describe('with less room', () => {
  const plans = [fixture('per-route-items'), fixture('create-manager'), fixture('access-manager')].map(
    (plan, index): Plan => ({ ...plan, name: `${plan.name}${index}` }),
  );
  const whole = summarize(plans, { limit: 10 ** 6 });
  const warnings = whole.split('\n').filter((line) => line.startsWith('> '));

  test('creates lose their attributes first, then changes; counts, warnings and digest stay', () => {
    const seen = new Map<string, string>();
    for (let limit = Buffer.byteLength(whole); limit > 0; limit -= 700) {
      let text: string;
      try {
        text = summarize(plans, { limit });
      } catch (error) {
        expect((error as Error).message).toMatch(
          /^The counts, warnings and digest alone need \d+ bytes, and the limit is \d+\./,
        );
        break;
      }
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
      expect(text).toMatch(digestLine);
      for (const line of warnings) expect(text).toContain(line);
      expect(Object.values(reviewRecord(text).stacks).map(({ digest }) => digest)).toEqual(
        Object.values(reviewRecord(whole).stacks).map(({ digest }) => digest),
      );
      const left = /Shortened to fit a comment: without (.*)\. The whole: /.exec(text)?.[1] ?? 'nothing';
      seen.set(left, text);
    }
    expect([...seen.keys()]).toEqual([
      'nothing',
      'the attributes of what is created',
      'the attributes of what is created or changed',
      'all attributes',
      'all attributes and what is created',
      'all but counts and warnings',
    ]);
    expect(seen.get('the attributes of what is created')).not.toContain('aws_iam_role.put is created');
    expect(seen.get('the attributes of what is created')).toContain('- api_key_required: true');
  });
});

/** What is left when code blocks and inline code are taken out: it must be ours alone. */
function outsideCode(markdown: string): string {
  const lines = markdown.split('\n');
  let within = false;
  const rest = lines.filter((line) => {
    if (!/^ {0,3}```/.test(line)) return !within;
    // Each fence is one of ours.
    expect(line).toBe(within ? '```' : '```diff');
    within = !within;
    return false;
  });
  expect(within).toBe(false);
  return rest
    .filter((line) => !line.startsWith('<!-- plan-review '))
    .join('\n')
    .replace(/`[^`\n|<\\]+`/g, '')
    .replace(/<code>[A-Za-z0-9 &#;]*<\/code>/g, '')
    .replace(/<\/?details( open)?>|<\/?summary>/g, '');
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc
    .array(
      fc.constantFrom(
        '`',
        '```',
        '~~~',
        '\n',
        '\r',
        '|',
        '\\',
        '<!--',
        '-->',
        '<b>',
        '@team',
        '[a](b)',
        '&lt;',
        '\u202e',
        '$1',
        '*',
        ' ',
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join('')),
  fc.constant('<!-- plan-review 1 0123456789abcdef AAAA -->'),
  fc.constant('\n<!-- plan-review 1 0123456789abcdef AAAA -->\n'),
);

test('no value, name or address breaks out of its place, or passes for a record', () => {
  fc.assert(
    fc.property(hostile, hostile, fc.constantFrom('create', 'update', 'delete', 'replace'), (text, key, kind) => {
      const statement = { Effect: 'Allow', Action: text, Resource: key, Principal: { AWS: text } };
      const value = { [key]: text, list: [text], name: text, policy: JSON.stringify({ Statement: [statement] }) };
      const actions = kind === 'replace' ? ['delete', 'create'] : [kind];
      const change = {
        actions,
        before: kind === 'create' ? null : { ...value, name: 'old', policy: '{"Statement":[]}', [key]: { a: 1 } },
        after: kind === 'delete' ? null : value,
        replace_paths: [[key]],
      };
      const raw: RawPlan = {
        ...rawPlan(
          resource('aws_dynamodb_table', change, `a["${text}"]`),
          resource('aws_s3_bucket_policy', { ...change, importing: { id: text } }, key),
          { ...resource('aws_lambda_permission', change, text), previous_address: key },
        ),
        output_changes: { [text]: change },
        configuration: { provider_config: { aws: { expressions: { region: { constant_value: text } } } } },
      };
      const markdown = summarize([planOf(raw, 'plan.json', 'stack')]);
      expect(Object.keys(reviewRecord(markdown).stacks)).toEqual(['stack']);
      const rest = outsideCode(markdown);
      expect(rest).not.toMatch(/[<@`\\\r\u202e]|\]\(|-->/);
      for (const line of rest.split('\n')) {
        if (line.startsWith('| ')) expect(line.match(/\|/g)?.length).toBe(kind === 'create' ? 3 : 4);
      }
    }),
    { numRuns: 200 },
  );
});
