/** Tests trustFault: with which trust policies Lambda may assume a role. */
import { hasUnsupportedDeny, trustFault } from '../../../src/services/iam/trust';

const allowed = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

const fault = (...statements: unknown[]) => trustFault(JSON.stringify({ Statement: statements }));

test.each([
  [allowed],
  [{ ...allowed, Action: ['sts:TagSession', 'STS:AssumeRole'] }],
  [{ ...allowed, Action: 'sts:Assume*' }],
  [{ ...allowed, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }],
  [{ ...allowed, Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'], AWS: '*' } }],
])('accepts %j', (statement) => {
  expect(fault(statement)).toBeUndefined();
  expect(trustFault(JSON.stringify({ Statement: statement }))).toBeUndefined();
});

test('requires an Allow for Lambda, and refuses an unconditional Deny', () => {
  const denied = { ...allowed, Effect: 'Deny' };
  const others = [
    { ...allowed, Principal: { AWS: '1' } },
    { ...denied, Condition: { Bool: {} } },
    { ...denied, Principal: { AWS: '1' } },
  ];
  expect(fault(...others, allowed)).toBeUndefined();
  expect(fault(...others)).toMatch(/does not let/);
  for (const denial of [denied, { ...denied, Condition: {} }]) expect(fault(allowed, denial)).toMatch(/does not let/);
  const { Action: action, ...noAction } = denied;
  for (const denial of [
    { ...denied, Principal: '*' },
    { ...noAction, NotAction: `not ${action}` },
  ])
    expect(hasUnsupportedDeny(JSON.stringify({ Statement: [allowed, denial] }))).toBe(true);
  expect(hasUnsupportedDeny(JSON.stringify({ Statement: [allowed, denied] }))).toBe(false);
});

test.each<[string, unknown, RegExp]>([
  [
    'another principal',
    { ...allowed, Principal: { Service: 'ec2.amazonaws.com' } },
    /does not let lambda\.amazonaws\.com/,
  ],
  // The principal `*` means accounts and users, not services.
  ['the principal *', { ...allowed, Principal: '*' }, /does not let lambda\.amazonaws\.com/],
  ['another action', { ...allowed, Action: 'sts:TagSession' }, /does not let lambda\.amazonaws\.com do sts:AssumeRole/],
  ['a Deny', { ...allowed, Effect: 'Deny' }, /does not let lambda\.amazonaws\.com/],
  ['no statement', 'text', /must be a JSON object of statements/],
])('refuses %s', (_name, statement, message) => {
  expect(fault(statement)).toMatch(message);
});

test.each([undefined, '', 'null', '{}', '{"Statement":[]}'])('refuses the policy %j', (json) => {
  expect(trustFault(json)).toMatch(/must be a JSON object of statements/);
});
