/** What of a policy is not understood, and what is said of it. */
import { readPolicy } from '../../../src/services/iam/policy';

const fine = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };

function faults(...statements: unknown[]): string[] {
  return readPolicy('P', JSON.stringify({ Statement: statements })).faults;
}

test.each<[string, unknown, RegExp]>([
  ['an element', { ...fine, Principal: '*' }, /^statement 1 of P: "Principal"$/],
  ['an effect', { ...fine, Effect: 'allow' }, /Effect = "allow"; it must be "Allow" or "Deny"/],
  ['no action', { Effect: 'Allow', Resource: '*' }, /it must have Action or NotAction, and not both/],
  ['both', { ...fine, NotAction: 'dynamodb:PutItem' }, /it must have Action or NotAction, and not both/],
  ['no resource', { Effect: 'Allow', Action: 'dynamodb:GetItem' }, /it must have Resource or NotResource/],
  ['an action without a service', { ...fine, Action: 'GetItem' }, /the action GetItem/],
  ['a service with a wildcard', { ...fine, Action: 'dyn*:GetItem' }, /the action dyn\*:GetItem/],
  [
    'a resource that is no ARN',
    { ...fine, Resource: 'table/items' },
    /the resource table\/items; it must be an ARN or \*/,
  ],
  [
    'a variable',
    { ...fine, Resource: 'arn:aws:dynamodb:*:*:table/${aws:userid}' },
    /the policy variable in the resource/,
  ],
  ['a number', { ...fine, Resource: 1 }, /a Resource that is no text/],
  [
    'an operator',
    { ...fine, Condition: { DateLessThan: { 'aws:PrincipalArn': 'x' } } },
    /the condition operator DateLessThan; understood are StringEquals, /,
  ],
  [
    'a key',
    { ...fine, Condition: { StringEquals: { 'aws:SourceIp': 'x' } } },
    /the condition key aws:SourceIp; understood are dynamodb:leadingkeys, /,
  ],
  [
    'attributes',
    { ...fine, Condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id'] } } },
    /the condition key dynamodb:Attributes/,
  ],
  [
    'several values without a set operator',
    { ...fine, Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'a' } } },
    /it needs ForAllValues: or ForAnyValue: before it/,
  ],
  [
    'a variable in a condition',
    { ...fine, Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': '${aws:userid}' } } },
    /the policy variable in dynamodb:LeadingKeys/,
  ],
  ['a truth', { ...fine, Condition: { Bool: { 'aws:SecureTransport': 'yes' } } }, /it takes true or false/],
  [
    'a Null of many',
    { ...fine, Condition: { NullIfExists: { 'dynamodb:Select': 'true' } } },
    /the condition operator NullIfExists/,
  ],
  ['an id with a space', { ...fine, Sid: 'Read items' }, /Sid = "Read items"; it must be of letters and digits/],
  ['an id that is no text', { ...fine, Sid: 1 }, /Sid = 1; it must be of letters and digits/],
  [
    'a condition value that is an object',
    { ...fine, Condition: { StringEquals: { 'aws:PrincipalArn': { a: 1 } } } },
    /StringEquals with aws:PrincipalArn = {"a":1}; it takes text/,
  ],
  [
    'a condition operator without keys',
    { ...fine, Condition: { StringEquals: 'aws:PrincipalArn' } },
    /StringEquals = "aws:PrincipalArn"; it must be an object of keys/,
  ],
  ['no object', 'Allow', /statement 1 of P: it must be an object/],
])('%s', (_name, statement, message) => {
  const [fault = ''] = faults(statement);
  expect(fault).toMatch(message);
});

test('all faults at once, each with the number and name of its statement', () => {
  expect(faults(fine, { ...fine, Sid: 'Second', Effect: 'X', Resource: 'y' }, { ...fine, Principal: '*' })).toEqual([
    expect.stringMatching(/^statement 2 \(Second\) of P: Effect/),
    expect.stringMatching(/^statement 2 \(Second\) of P: the resource y/),
    expect.stringMatching(/^statement 3 of P: "Principal"/),
  ]);
});

test.each(['no JSON', '[]', undefined])('a policy %j', (json) => {
  expect(readPolicy('P', json).faults).toHaveLength(1);
});

// What IAM refuses as a MalformedPolicyDocument would only be found by a deployment.
test.each<[string, object, RegExp]>([
  ['no statement', { Version: '2012-10-17' }, /^P: it has no statement$/],
  ['an empty list of statements', { Statement: [] }, /^P: it has no statement$/],
  ['a version', { Version: '2012-10-18', Statement: fine }, /^P: Version = "2012-10-18"; it must be "2012-10-17" or /],
  [
    'an id twice',
    { Statement: [{ ...fine, Sid: 'Read' }, fine, { ...fine, Sid: 'Read' }] },
    /^P: the Sid "Read" of several statements; it must be of one$/,
  ],
])('a policy with %s', (_name, policy, message) => {
  expect(readPolicy('P', JSON.stringify(policy)).faults).toEqual([expect.stringMatching(message)]);
});

test.each([
  { Version: '2008-10-17', Statement: fine },
  { Id: 'a', Statement: { ...fine, Sid: 'Read1' } },
])('fine: %j', (policy) => {
  expect(readPolicy('P', JSON.stringify(policy)).faults).toEqual([]);
});

test.each<[unknown, string]>([
  [{ ...fine, Sid: '' }, 'an empty id is none'],
  [{ ...fine, Condition: { Bool: { 'aws:SecureTransport': true } } }, 'a truth that is no text'],
])('%j: %s', (statement) => {
  expect(faults(statement)).toEqual([]);
});

test('what a statement about another service says of its resources and conditions is left alone', () => {
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
