/** Tests that large plans and hostile patterns take little time. */
import { warningsOf } from '../../src/warnings';
import { timed } from '../support/cpu-time';
import { markdownOf, readPlanText, refusal, warningLines } from '../support/review';
import { allow, document, planOf, resource } from './build';

test('reads, summarizes and compares 3,000 changes with a secret in each, in less than 5 s', () => {
  const resources = Array.from({ length: 3000 }, (_, index) => {
    const secret = `secret-${String(index)}-of-the-harbour`;
    return resource(
      `aws_thing.a[${String(index)}]`,
      { name: `n${String(index)}`, password: `old-${secret}`, note: 'quiet' },
      { name: `n${String(index)}`, password: secret, note: `log in with ${secret}, please` },
      { before_sensitive: { password: true }, after_sensitive: { password: true } },
      { index },
    );
  });
  const [text, milliseconds] = timed(() => {
    const plan = readPlanText(planOf({ resources }));
    const summary = markdownOf(plan);
    expect(refusal(summary, plan)).toBeUndefined();
    return summary;
  }, 5000);
  expect(text).toContain('aws_thing.a[2999]');
  expect(text).not.toContain('-of-the-harbour');
  expect(milliseconds).toBeLessThan(5000);
});

test.each([
  ['50 stars', '*a'.repeat(50), 'a'.repeat(2048) + 'b'],
  ['50 stars and question marks', '*?a'.repeat(50), 'a'.repeat(2048) + 'b'],
  ['2,000 stars', '*'.repeat(2000) + 'x', 'a'.repeat(2048)],
])('compares policies with %s in less than 500 ms', (_, pattern, text) => {
  const policy = (resourceName: string) => ({
    role: 'ferry',
    policy: document(allow({ Resource: `arn:aws:s3:::${resourceName}` })),
  });
  const json = planOf({ resources: [resource('aws_iam_role_policy.a', policy(pattern), policy(text))] });
  const [warnings, milliseconds] = timed(() => warningLines(readPlanText(json)), 500);
  expect(warnings.join('\n')).toContain('reaches more resources');
  expect(milliseconds).toBeLessThan(500);
});

test('compares a text of 20,000 changed lines in less than 3 s', () => {
  const lines = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${String(index)}`).join('\n');
  const json = planOf({ resources: [resource('aws_thing.a', { a: lines('old') }, { a: lines('new') })] });
  const [text, milliseconds] = timed(() => markdownOf(readPlanText(json)), 3000);
  expect(text).toContain('new 19999');
  expect(milliseconds).toBeLessThan(3000);
});

test('hides 200 secrets that differ only in their length, and one of 20,000 equal letters, in less than 3 s', () => {
  const lengths = [20_000, ...Array.from({ length: 200 }, (_, index) => 20 + index)];
  const note = lengths.map((length) => `x ${'a'.repeat(length)} y`).join('\n');
  const resources = lengths.map((length, index) =>
    resource(
      `aws_thing.a[${String(index)}]`,
      { password: 'old', note: 'quiet' },
      { password: 'a'.repeat(length), note: index === 0 ? note : 'quiet' },
      { before_sensitive: { password: true }, after_sensitive: { password: true } },
      { index },
    ),
  );
  const [text, milliseconds] = timed(() => markdownOf(readPlanText(planOf({ resources }))), 3000);
  expect(text).not.toContain('a'.repeat(20));
  expect(milliseconds).toBeLessThan(3000);
});

test('compares 1,000 statements with 1,000 statements about other resources in less than 1 s', () => {
  const policy = (name: string) => ({
    role: 'ferry',
    policy: document(
      ...Array.from({ length: 1000 }, (_, index) => allow({ Resource: `arn:aws:s3:::${name}-${String(index)}/*` })),
    ),
  });
  const json = planOf({ resources: [resource('aws_iam_role_policy.a', policy('maps'), policy('tills'))] });
  const [warnings, milliseconds] = timed(() => warningsOf(readPlanText(json)), 1000);
  expect(warnings).toHaveLength(1);
  expect(milliseconds).toBeLessThan(1000);
});

const AWS_POLICY = (action: string) => document(allow({ Action: action }));

test('compares the policies of 1,500 roles beside 1,500 replaced tables in less than 4 s', () => {
  const resources = Array.from({ length: 1500 }, (_, index) => [
    resource(
      `aws_dynamodb_table.a[${String(index)}]`,
      { name: `t${String(index)}`, arn: `arn:aws:dynamodb:eu-central-1:123456789012:table/t${String(index)}` },
      { name: `t${String(index)}` },
      { actions: ['delete', 'create'], after_unknown: { arn: true } },
    ),
    resource(
      `aws_iam_role_policy.a[${String(index)}]`,
      { role: 'a', policy: AWS_POLICY('dynamodb:GetItem') },
      { role: 'a', policy: AWS_POLICY('dynamodb:PutItem') },
    ),
  ]);
  const json = planOf({ resources: resources.flat() });
  const [warnings, milliseconds] = timed(() => warningsOf(readPlanText(json)), 4000);
  expect(warnings).toHaveLength(3000);
  expect(milliseconds).toBeLessThan(4000);
});

test('finds the roles of 1,500 policies by for_each in less than 4 s', () => {
  const expressions = { role: { references: ['aws_iam_role.p', 'each.key'] } };
  const resources = Array.from({ length: 1500 }, (_, index) => [
    resource(`aws_iam_role.p["${String(index)}"]`, null, { name: String(index) }, { after_unknown: { id: true } }),
    resource(
      `aws_iam_role_policy.p["${String(index)}"]`,
      null,
      { policy: AWS_POLICY('dynamodb:GetItem') },
      { after_unknown: { role: true } },
      { expressions },
    ),
  ]);
  const json = planOf({ resources: resources.flat() });
  const [warnings, milliseconds] = timed(() => warningsOf(readPlanText(json)), 4000);
  expect(warnings).toEqual([]);
  expect(milliseconds).toBeLessThan(4000);
});

test('reads a policy document of 200 statements in less than 3 s', () => {
  const statements = (count: number, more: object) =>
    Array.from({ length: count }, (_, index) => allow({ Resource: `arn:aws:s3:::maps-${String(index)}/*`, ...more }));
  const policy = (text: string) => ({ role: 'ferry', policy: text });
  const [before, after] = [document(...statements(200, {})), document(...statements(200, { Action: 'dynamodb:*' }))];
  const json = planOf({ resources: [resource('aws_iam_role_policy.a', policy(before), policy(after))] });
  const [warnings, milliseconds] = timed(() => warningLines(readPlanText(json)), 3000);
  expect(warnings.join('\n')).toContain('dynamodb:*');
  expect(milliseconds).toBeLessThan(3000);
});
