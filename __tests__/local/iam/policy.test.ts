/** What of a policy is not understood, and what is said of it. */
import { readPolicy } from '../../../local/iam/policy';

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
