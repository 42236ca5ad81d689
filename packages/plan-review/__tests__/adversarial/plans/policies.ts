/** Policies of a role that allow more, or deny less, in a form that a reviewer or a program overlooks. */
import { allow, type Attack, type Attributes, change, document, type Statement, TABLE } from '../build';

const ROLE = { role: 'ferry', name: 'timetable', id: 'ferry:timetable' };

/** A policy of an existing role changes. People reviewed that it gets an id. */
function policy(
  hides: string,
  before: readonly Statement[],
  after: string | readonly Statement[],
  warns: RegExp,
): Attack {
  const [first = {}, ...others] = before;
  const attributes = { ...ROLE, policy: document(...before) };
  const harmless = { policy: document({ ...first, Sid: 'Timetable' }, ...others) };
  const text = typeof after === 'string' ? after : document(...after);
  return change(hides, 'aws_iam_role_policy.ferry', attributes, harmless, { policy: text }, { warns });
}

const deny = (parts: Attributes = {}) => ({ Effect: 'Deny', Action: 'dynamodb:DeleteTable', Resource: '*', ...parts });
const inGate = (operator: string, values: unknown = 'gate') => ({
  Condition: { [operator]: { 'aws:PrincipalTag/post': values } },
});
const LONG_LIST = Array.from({ length: 300 }, (_, index) => `dynamodb:Get${String(index)}`);

export const policies: readonly Attack[] = [
  policy(
    'an action in a duplicate key',
    [allow()],
    document(allow()).replace('"Action":', '"Action":"*","Action":'),
    /aws_iam_role_policy\.ferry/,
  ),
  policy(
    'an action in a duplicate key that comes last',
    [allow()],
    document(allow()).replace('"Effect":', '"Action":"dynamodb:Scan","Effect":').replace('dynamodb:Scan', 'iam:*'),
    /aws_iam_role_policy\.ferry/,
  ),
  policy(
    'a second Statement',
    [allow()],
    document(allow()).replace('"Statement":', `"Statement":[${JSON.stringify(allow({ Action: '*' }))}],"Statement":`),
    /aws_iam_role_policy\.ferry/,
  ),
  policy(
    'an action in escaped letters',
    [allow()],
    document(allow()).replace('dynamodb:GetItem', '\\u002a'),
    /more actions: \*/,
  ),
  policy('NotAction', [allow()], [{ Effect: 'Allow', NotAction: 'dynamodb:GetItem', Resource: '*' }], /NotAction/),
  policy(
    'NotResource',
    [allow()],
    [{ Effect: 'Allow', Action: 'dynamodb:GetItem', NotResource: TABLE }],
    /NotResource/,
  ),
  policy(
    'the last of 301 actions',
    [allow()],
    [allow({ Action: ['dynamodb:GetItem', ...LONG_LIST, 'iam:PassRole'] })],
    /iam:PassRole/,
  ),
  policy(
    'the last of 301 resources',
    [allow()],
    [allow({ Resource: [TABLE, ...LONG_LIST.map((id) => `${TABLE}-${id}`), 'arn:aws:s3:::till'] })],
    /arn:aws:s3:::till/,
  ),
  policy('a wildcard in place of the service', [allow()], [allow({ Action: '*:*' })], /\*:\*/),
  policy(
    'a wildcard within the service',
    [allow()],
    [allow({ Action: ['dynamodb:GetItem', 'i?m:Pass*'] })],
    /i\?m:Pass\*/,
  ),
  policy(
    'actions in capital letters',
    [allow()],
    [allow({ Action: ['dynamodb:GetItem', 'IAM:PASSROLE'] })],
    /IAM:PASSROLE/,
  ),
  policy('a wider resource', [allow()], [allow({ Resource: `${TABLE}*` })], /timetable\*/),
  policy(
    'a wildcard of one letter',
    [allow()],
    [allow({ Resource: TABLE.replace('timetable', 'timetabl?') })],
    /timetabl\?/,
  ),
  policy('a condition that is gone', [allow(inGate('StringEquals'))], [allow()], /condition/),
  policy('a negated operator', [allow(inGate('StringEquals'))], [allow(inGate('StringNotEquals'))], /condition/),
  policy(
    'IfExists at an operator',
    [allow(inGate('StringEquals'))],
    [allow(inGate('StringEqualsIfExists'))],
    /condition/,
  ),
  policy(
    'ForAllValues at an operator',
    [allow(inGate('StringEquals'))],
    [allow(inGate('ForAllValues:StringEquals'))],
    /condition/,
  ),
  policy('Null with the other value', [allow(inGate('Null', 'false'))], [allow(inGate('Null', 'true'))], /condition/),
  policy('a wildcard in a condition', [allow(inGate('StringLike'))], [allow(inGate('StringLike', '*'))], /condition/),
  policy(
    'one more value of a condition',
    [allow(inGate('StringEquals'))],
    [allow(inGate('StringEquals', ['gate', 'till']))],
    /condition/,
  ),
  policy(
    'one of two keys of a condition',
    [allow({ Condition: { StringEquals: { 'aws:userid': 'a', 'aws:SourceVpc': 'vpc-1' } } })],
    [allow({ Condition: { StringEquals: { 'aws:userid': 'a' } } })],
    /condition/,
  ),
  policy('a Deny that is gone', [allow(), deny()], [allow()], /no longer denies.*dynamodb:DeleteTable/),
  policy('a condition at a Deny', [allow(), deny()], [allow(), deny(inGate('StringEquals'))], /no longer denies/),
  policy('a Deny for less resources', [allow(), deny()], [allow(), deny({ Resource: TABLE })], /no longer denies/),
  policy(
    'a Deny that becomes Allow',
    [allow(), deny()],
    [allow(), { ...deny(), Effect: 'Allow' }],
    /dynamodb:DeleteTable/,
  ),
  policy(
    'NotAction of a Deny with one more action',
    [allow(), { Effect: 'Deny', NotAction: 'a:b', Resource: '*' }],
    [allow(), { Effect: 'Deny', NotAction: ['a:b', 'iam:*'], Resource: '*' }],
    /Deny/,
  ),
  policy(
    'a statement that is no list',
    [allow()],
    JSON.stringify({ Version: '2012-10-17', Statement: allow({ Action: 'iam:*' }) }),
    /iam:\*/,
  ),
  policy('spaces before a policy', [allow()], `\n\t  ${document(allow({ Action: 'iam:*' }))}`, /iam:\*/),
  policy(
    'an action in a second element, in lower case',
    [allow()],
    [{ ...allow(), action: '*' }],
    /an unreadable policy/,
  ),
  policy(
    'a second list of statements, in lower case',
    [allow()],
    document(allow()).replace('"Statement":', `"statement":[${JSON.stringify(allow({ Action: '*' }))}],"Statement":`),
    /an unreadable policy/,
  ),
  policy(
    'an effect that IAM does not know',
    [allow()],
    [allow({ Effect: 'ALLOW ', Action: '*' })],
    /an unreadable policy/,
  ),
  policy('an element that IAM does not know', [allow()], [{ ...allow(), Actions: '*' }], /an unreadable policy/),
  policy(
    'a condition of a Deny that IAM cannot read',
    [allow(), deny()],
    [allow(), deny({ Condition: { Bool: 'x' } })],
    /an unreadable policy/,
  ),
  policy('a statement without an effect', [allow()], [allow(), { Action: '*', Resource: '*' }], /an unreadable policy/),
  policy(
    'variables that an older version does not know',
    [allow(), deny({ Resource: `${TABLE}/\${aws:username}` })],
    document(allow(), deny({ Resource: `${TABLE}/\${aws:username}` })).replace('2012-10-17', '2008-10-17'),
    /no longer a variable/,
  ),
  policy('a policy that is no JSON', [allow()], '{"Statement": [', /policy/),
  policy(
    'a new combination of an action and a resource',
    [allow(), allow({ Action: 's3:GetObject', Resource: '*' })],
    [allow(), allow({ Action: ['s3:GetObject', 'dynamodb:GetItem'], Resource: '*' })],
    /dynamodb:GetItem/,
  ),
];
