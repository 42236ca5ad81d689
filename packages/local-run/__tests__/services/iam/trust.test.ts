/** Which trust policies let Lambda assume a role. */
import { trustFault } from '../../../src/services/iam/trust';

const fine = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

const fault = (...statements: unknown[]) => trustFault(JSON.stringify({ Statement: statements }));

test.each([
  [fine],
  [{ ...fine, Action: ['sts:TagSession', 'STS:AssumeRole'] }],
  [{ ...fine, Action: 'sts:Assume*' }],
  [{ ...fine, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }],
  [{ ...fine, Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'], AWS: '*' } }],
])('%j does', (statement) => {
  expect(fault(statement)).toBeUndefined();
  expect(trustFault(JSON.stringify({ Statement: statement }))).toBeUndefined();
});

test('one statement of several is enough', () => {
  const denied = { ...fine, Effect: 'Deny' };
  const others = [
    { ...fine, Principal: { AWS: '1' } },
    { ...denied, Condition: { Bool: {} } },
    { ...denied, Principal: { AWS: '1' } },
  ];
  expect(fault(...others, fine)).toBeUndefined();
  expect(fault(...others)).toMatch(/does not let/);
  for (const one of [denied, { ...denied, Condition: {} }]) expect(fault(fine, one)).toMatch(/does not let/);
  const { Action: action, ...noAction } = denied;
  for (const one of [
    { ...denied, Principal: '*' },
    { ...noAction, NotAction: `not ${action}` },
  ])
    expect(fault(fine, one)).toMatch(/a Deny that is not understood/);
});

test.each<[string, unknown, RegExp]>([
  [
    'another principal',
    { ...fine, Principal: { Service: 'ec2.amazonaws.com' } },
    /does not let lambda\.amazonaws\.com/,
  ],
  // `*` are accounts and users, and no service.
  ['everybody', { ...fine, Principal: '*' }, /does not let lambda\.amazonaws\.com/],
  ['another action', { ...fine, Action: 'sts:TagSession' }, /does not let lambda\.amazonaws\.com do sts:AssumeRole/],
  ['a Deny', { ...fine, Effect: 'Deny' }, /does not let lambda\.amazonaws\.com/],
  ['no statement', 'text', /must be a JSON object of statements/],
])('%s does not', (_name, statement, message) => {
  expect(fault(statement)).toMatch(message);
});

test.each([undefined, '', 'null', '{}', '{"Statement":[]}'])('the policy %j does not', (json) => {
  expect(trustFault(json)).toMatch(/must be a JSON object of statements/);
});
