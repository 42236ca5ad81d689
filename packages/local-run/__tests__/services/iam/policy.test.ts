/** Tests readPolicy: what IAM refuses, and what the local run cannot evaluate. */
import { readPolicy } from '../../../src/services/iam/policy';

const valid = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };

function faults(...statements: unknown[]): readonly string[] {
  return readPolicy('P', JSON.stringify({ Statement: statements })).faults;
}

test.each<[string, unknown, RegExp]>([
  ['an unknown element', { ...valid, Principal: '*' }, /^statement 1 of P: the element "Principal"$/],
  ['an unknown effect', { ...valid, Effect: 'allow' }, /Effect = "allow"; it must be "Allow" or "Deny"/],
  [
    'a statement without an action',
    { Effect: 'Allow', Resource: '*' },
    /it must have Action or NotAction, and not both/,
  ],
  [
    'a statement with Action and NotAction',
    { ...valid, NotAction: 'dynamodb:PutItem' },
    /it must have Action or NotAction, and not both/,
  ],
  [
    'a statement without a resource',
    { Effect: 'Allow', Action: 'dynamodb:GetItem' },
    /it must have Resource or NotResource/,
  ],
  ['an action without a service', { ...valid, Action: 'GetItem' }, /the action GetItem/],
  ['a service with a wildcard', { ...valid, Action: 'dyn*:GetItem' }, /the action dyn\*:GetItem/],
  [
    'a resource that is not an ARN',
    { ...valid, Resource: 'table/items' },
    /the resource table\/items; it must be an ARN or \*/,
  ],
  ['a resource that is a number', { ...valid, Resource: 1 }, /a Resource that is not a string/],
  [
    'a Bool condition that is not true or false',
    { ...valid, Condition: { Bool: { 'aws:SecureTransport': 'yes' } } },
    /use true or false/,
  ],
  [
    'a condition operator that IAM does not know',
    { ...valid, Condition: { StringIs: { 'aws:PrincipalArn': 'x' } } },
    /the condition operator StringIs; use an operator such as StringEquals, /,
  ],
  [
    'the operator NullIfExists',
    { ...valid, Condition: { NullIfExists: { 'dynamodb:Select': 'true' } } },
    /the condition operator NullIfExists/,
  ],
  ['a Sid with a space', { ...valid, Sid: 'Read items' }, /Sid = "Read items"; use only letters and digits/],
  ['a Sid that is not a string', { ...valid, Sid: 1 }, /Sid = 1; use only letters and digits/],
  ...['10.0.0.0/33', '10.0.0', '10.0.0.0/', 'localhost'].map((range): [string, unknown, RegExp] => [
    `the IP range ${range}`,
    { ...valid, Condition: { IpAddress: { 'aws:SourceIp': range } } },
    /IpAddress with aws:SourceIp = .*; use an IP address or a range/,
  ]),
  [
    'a condition value that is an object',
    { ...valid, Condition: { StringEquals: { 'aws:PrincipalArn': { a: 1 } } } },
    /StringEquals with aws:PrincipalArn = {"a":1}; use a string/,
  ],
  [
    'a condition operator without keys',
    { ...valid, Condition: { StringEquals: 'aws:PrincipalArn' } },
    /StringEquals = "aws:PrincipalArn"; it must be an object of keys/,
  ],
  ['a statement that is not an object', 'Allow', /statement 1 of P: it must be an object/],
])('reports %s', (_name, statement, message) => {
  const [fault = ''] = faults(statement);
  expect(fault).toMatch(message);
});

test.each<[string, unknown, RegExp, RegExp]>([
  [
    'a policy variable in a resource',
    { ...valid, Resource: 'arn:aws:dynamodb:*:*:table/${aws:userid}' },
    /^statement 2: the policy variable in the resource/,
    /without variables/,
  ],
  ...['DateLessThan', 'NumericEquals', 'BinaryEquals'].map(
    (operator) =>
      [
        `the condition operator ${operator}`,
        { ...valid, Sid: 'Read', Condition: { [operator]: { 'aws:PrincipalArn': 'x' } } },
        new RegExp(`^statement 2 \\(Read\\): the condition operator ${operator}$`),
        /StringEquals, .*, Null/,
      ] as [string, unknown, RegExp, RegExp],
  ),
  ...['aws:SourceIp', 'dynamodb:Attributes'].map(
    (key) =>
      [
        `the condition key ${key}`,
        { ...valid, Condition: { 'ForAllValues:StringEquals': { [key]: ['id'] } } },
        new RegExp(`the condition key ${key}$`),
        /dynamodb:leadingkeys/,
      ] as [string, unknown, RegExp, RegExp],
  ),
  [
    'a condition key with several values without ForAllValues or ForAnyValue',
    { ...valid, Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'a' } } },
    /StringEquals with the key dynamodb:LeadingKeys/,
    /ForAllValues:StringEquals and ForAnyValue:StringEquals/,
  ],
  [
    'a policy variable in a condition',
    { ...valid, Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': '${aws:userid}' } } },
    /the policy variable in dynamodb:LeadingKeys/,
    /without variables/,
  ],
])('cannot evaluate %s, which IAM accepts', (_name, statement, found, supported) => {
  const { faults: refused, unsupported, policy } = readPolicy('P', JSON.stringify({ Statement: [valid, statement] }));
  expect([refused, policy.statements]).toEqual([[], []]);
  expect(unsupported).toEqual([{ found: expect.stringMatching(found), supported: expect.stringMatching(supported) }]);
});

test('reports all faults together, each with the number and name of its statement', () => {
  expect(faults(valid, { ...valid, Sid: 'Second', Effect: 'X', Resource: 'y' }, { ...valid, Principal: '*' })).toEqual([
    expect.stringMatching(/^statement 2 \(Second\) of P: Effect/),
    expect.stringMatching(/^statement 2 \(Second\) of P: the resource y/),
    expect.stringMatching(/^statement 3 of P: the element "Principal"/),
  ]);
});

test.each(['no JSON', '[]', undefined])('reports the invalid policy document %j', (json) => {
  expect(readPolicy('P', json).faults).toHaveLength(1);
});

// IAM refuses these policies as MalformedPolicyDocument. Without the check, they would fail only at the deployment.
test.each<[string, object, RegExp]>([
  ['no statement', { Version: '2012-10-17' }, /^P: it has no statement$/],
  ['an empty list of statements', { Statement: [] }, /^P: it has no statement$/],
  [
    'an unknown version',
    { Version: '2012-10-18', Statement: valid },
    /^P: Version = "2012-10-18"; it must be "2012-10-17" or /,
  ],
  [
    'a repeated Sid',
    { Statement: [{ ...valid, Sid: 'Read' }, valid, { ...valid, Sid: 'Read' }] },
    /^P: several statements have the Sid "Read"; use each Sid only once$/,
  ],
])('reports a policy with %s', (_name, policy, message) => {
  expect(readPolicy('P', JSON.stringify(policy)).faults).toEqual([expect.stringMatching(message)]);
});

test.each([
  { Version: '2008-10-17', Statement: valid },
  { Id: 'a', Statement: { ...valid, Sid: 'Read1' } },
])('accepts the policy %j', (policy) => {
  expect(readPolicy('P', JSON.stringify(policy)).faults).toEqual([]);
});

test.each<[unknown, string]>([
  [{ ...valid, Sid: '' }, 'an empty Sid counts as missing'],
  [{ ...valid, Condition: { Bool: { 'aws:SecureTransport': true } } }, 'a boolean in place of a string'],
])('accepts the statement %j: %s', (statement) => {
  expect(faults(statement)).toEqual([]);
});

test('ignores resources and conditions of statements about other services', () => {
  const logs = {
    Effect: 'Allow',
    Action: ['logs:PutLogEvents'],
    Resource: 'arn:aws:logs:*:*:*',
    Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  };
  const { policy, faults } = readPolicy('P', JSON.stringify({ Statement: logs }));
  expect(faults).toEqual([]);
  expect(policy).toEqual({ statements: [], otherActions: ['logs:PutLogEvents'] });
});
