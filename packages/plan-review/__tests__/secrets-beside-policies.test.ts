import { parsePlan, terminalSummary } from '../src';
import type { RawPlan } from '../src/read/schema';
import { rawPlan, resource } from './support/plans';

const SECRET = 'correct-horse-battery';

/** The summary of a change of an attribute. The plan has a sensitive variable with the value SECRET. */
function summaryOf(attribute: string, before: string | null, after: string, secret = SECRET): string {
  const values = { before: before === null ? null : { [attribute]: before }, after: { [attribute]: after } };
  const raw: RawPlan = {
    ...rawPlan(resource('aws_x', { actions: [before === null ? 'create' : 'update'], ...values })),
    variables: { password: { value: secret } },
    configuration: { root_module: { variables: { password: { sensitive: true } } } },
  };
  return terminalSummary([parsePlan(raw, 'plan.json', 'stack')]);
}

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

test.each([
  ['a command with a policy in it', `aws iam put --doc '{"Statement":[{"Effect":"Allow"}]}' --password ${SECRET}`],
  ['a key beside the statements', JSON.stringify({ Version: '2012-10-17', Statement: [statement], Password: SECRET })],
  ['a key of a statement', JSON.stringify({ Statement: [{ ...statement, Password: SECRET }] })],
  ['a template that is not valid JSON', `{"Statement":[{"Effect":"Allow"}],\n"password":"${SECRET}",}`],
  ['a text that names the elements of a policy', `[x] "Statement" "Effect": "Allow"\n ${SECRET}`],
  ['a key beside a nested policy', JSON.stringify({ Resources: { A: { Statement: [statement], UserData: SECRET } } })],
])('hides a secret in %s', (_, text) => {
  for (const summary of [summaryOf('document', '{}', text), summaryOf('document', null, text)]) {
    expect(summary).not.toContain(SECRET);
    expect(summary).toContain('(sensitive)');
    expect(summary).toContain('Allow');
  }
});

test('shows every element of a policy, also if its value is sensitive elsewhere', () => {
  const action = 'dynamodb:DeleteTable';
  const policy = { Version: action, Id: action, Statement: { Sid: action, Effect: 'Allow', NotAction: [action] } };
  const principals = { Principal: { AWS: action }, Condition: { StringEquals: { [action]: action } } };
  for (const document of [policy, { Statement: [{ ...statement, ...principals, NotResource: action }] }]) {
    const summary = summaryOf('policy', '{}', JSON.stringify(document), action);
    expect(summary).not.toContain('(sensitive)');
    expect(summary).toContain(action);
  }
});

test('shows every line of a policy that is not valid JSON', () => {
  const broken = (action: string) =>
    `{\n"Statement": [{\n"Effect": "Allow",\n"Effect": "Allow",\n"Action": "${action}"}]}`;
  const summary = summaryOf(
    'policy',
    broken('dynamodb:GetItem'),
    broken('dynamodb:DeleteTable'),
    'dynamodb:DeleteTable',
  );
  expect(summary).toContain('\\"Action\\": \\"dynamodb:DeleteTable\\"');
});
