import fc from 'fast-check';
import { type Plan, parsePlan, parseReview, terminalSummary, terminalWarnings } from '../src';
import type { RawPlan } from '../src/read/schema';
import { fixture, fixtureNames, rawFixture, rawPlan, resource, summarizeWithKey } from './support/plans';

const digestLine = /^Digest `sha256:[0-9a-f]{64}`$/m;

test('counts actions in total and by stack, the most dangerous first', () => {
  const text = summarizeWithKey([fixture('replace-table-items'), fixture('create-products')]);
  expect(text).toMatch(
    /^## Terraform plan: 1 to replace, 1 to change, 28 to create\n\n> \[!CAUTION\]\n> \*\*Loses data\*\*\n/,
  );
  expect(text).toMatch(
    /\| items \| \*\*1\*\* \| - \| 1 \| - \| `[0-9a-f]{16}` \|\n\| products \| - \| - \| - \| 28 \|/,
  );
  expect(text).toContain('| **replace** | `aws_dynamodb_table.items` | forced by `hash_key` |');
});

test('says that a plan has no changes', () => {
  const text = summarizeWithKey([fixture('unchanged-items')]);
  expect(text).toMatch(/^## Terraform plan: No changes\n\nDigest/);
});

test('shows old and new values, what forces a replacement, and unknown values', () => {
  const text = summarizeWithKey([fixture('replace-table-items')]);
  expect(text).toContain('- hash_key: "id"\n+ hash_key: "sku"  # forces replacement\n');
  expect(text).toContain('- attribute[0].name: "id"\n+ attribute[0].name: "sku"\n');
  expect(text).toContain('  policy.Statement[1].Resource: (known after apply)');
});

test('compares policies by their content', () => {
  expect(summarizeWithKey([fixture('access-manager')])).toContain('\n+ policy.Statement[0].Action: "dynamodb:*"\n');
});

test.each(fixtureNames)('%s: shows no secret, and ignores the order of outputs', (name) => {
  const raw = rawFixture(name);
  const text = summarizeWithKey([fixture(name)]);
  expect(text + terminalSummary([fixture(name)])).not.toContain('key-of-the-fixtures');
  const keys = Object.fromEntries(Object.entries(raw.output_changes ?? {}).reverse());
  const other = parsePlan({ ...raw, output_changes: keys, timestamp: 'x' }, 'plan.json', fixture(name).name);
  expect(summarizeWithKey([other])).toBe(text);
});

test('ignores the order of stacks', () => {
  const plans = [fixture('create-items'), fixture('create-manager'), fixture('create-products')];
  expect(summarizeWithKey([...plans].reverse())).toBe(summarizeWithKey(plans));
});

describe('with a lower limit', () => {
  const plans = [fixture('per-route-items'), fixture('create-manager'), fixture('access-manager')].map(
    (plan, index): Plan => ({ ...plan, name: `${plan.name}${index}` }),
  );
  const whole = summarizeWithKey(plans, { limit: 10 ** 6 });
  const warnings = whole.split('\n').filter((line) => line.startsWith('> '));

  test('omits the attributes of created resources first, and keeps counts, warnings and the digest', () => {
    const seen = new Map<string, string>();
    let limit = Buffer.byteLength(whole);
    for (;;) {
      let text: string;
      try {
        text = summarizeWithKey(plans, { limit });
      } catch (error) {
        expect((error as Error).message).toMatch(
          /^Even without attributes and warnings, the summary needs \d+ bytes; the limit is \d+\./,
        );
        break;
      }
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
      expect(text).toMatch(digestLine);
      expect(digestsIn(text)).toEqual(digestsIn(whole));
      const omitted = /This summary omits (.*), because its length is limited\. /.exec(text)?.[1] ?? 'nothing';
      for (const line of warnings) {
        if (omitted !== 'everything except counts') expect(text).toContain(line);
      }
      seen.set(omitted, text);
      limit = Buffer.byteLength(text) - 1;
    }
    expect([...seen.keys()]).toEqual([
      'nothing',
      'the attributes of created resources',
      'the attributes of created and changed resources',
      'all attributes',
      'all attributes and created resources',
      'everything except counts and warnings',
      'everything except counts',
    ]);
    expect(seen.get('everything except counts')).toMatch(
      /\n> \*\*Widens access\*\*\n>\n> - \d+ warnings? (does|do) not fit here\. Read the complete summary\.\n/,
    );
    expect(seen.get('the attributes of created resources')).not.toContain('aws_iam_role.put is created');
    expect(seen.get('the attributes of created resources')).toContain('- api_key_required: true');
  });
});

function digestsIn(markdown: string): string[] {
  return Object.values(parseReview(markdown).record.stacks).map(({ digest }) => digest);
}

/** Removes code blocks and inline code. No value may occur in the rest. */
function outsideCode(markdown: string): string {
  const lines = markdown.split('\n');
  let isInBlock = false;
  const rest = lines.filter((line) => {
    if (!/^ {0,3}```/.test(line)) return !isInBlock;
    // A value must not add a fence.
    expect(line).toBe(isInBlock ? '```' : '```diff');
    isInBlock = !isInBlock;
    return false;
  });
  expect(isInBlock).toBe(false);
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

const TERMINAL_LINE =
  /^$|^(#{2,3}|@@|[-+>|]|\x20) |^>$|^(Changed attributes|Attributes of created resources|Outputs: |Terraform plan: )/;

test('no value, name or address can break out of its code or forge a review record', () => {
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
      const plan = parsePlan(raw, 'plan.json', 'stack');
      const markdown = summarizeWithKey([plan]);
      expect(Object.keys(parseReview(markdown).record.stacks)).toEqual(['stack']);
      const rest = outsideCode(markdown);
      expect(rest).not.toMatch(/[<@`\\\r\u202e]|\]\(|-->/);
      for (const line of rest.split('\n')) {
        if (line.startsWith('| ')) expect(line.match(/\|/g)?.length).toBe(4);
      }
      for (const terminal of [terminalSummary([plan]), terminalWarnings([plan])]) {
        // Every line starts with a sign of this package, and no character moves the cursor.
        expect(terminal).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}\u00a0\u3164]/u);
        for (const line of terminal.split('\n')) expect(line).toMatch(TERMINAL_LINE);
      }
    }),
    { numRuns: 200 },
  );
});
