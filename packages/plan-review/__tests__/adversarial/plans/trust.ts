/** Roles that more principals may assume, and new roles that may extend rights. */
import {
  allow,
  type Attack,
  type Attributes,
  change,
  document,
  more,
  OTHER,
  OWN,
  resource,
  type Statement,
} from '../build';

/** The trust of an existing role changes. */
function trust(hides: string, before: Attributes, after: readonly Statement[], warns: RegExp): Attack {
  const statement = assume(before);
  const role = { name: 'ferry', arn: `arn:aws:iam::${OWN}:role/ferry`, assume_role_policy: document(statement) };
  const harmless = { assume_role_policy: document({ ...statement, Sid: 'Ferry' }) };
  return change(hides, 'aws_iam_role.ferry', role, harmless, { assume_role_policy: document(...after) }, { warns });
}

const assume = (parts: Attributes): Statement => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...parts });
const LAMBDA = { Principal: { Service: 'lambda.amazonaws.com' } };
const ROOT = { Principal: { AWS: `arn:aws:iam::${OTHER}:root` } };

/** A new role that a principal may assume, with more attributes. */
const role = (principal: Attributes, attributes: Attributes = {}, key = '') =>
  resource(`aws_iam_role.pilot${key}`, null, {
    ...{ name: 'pilot', assume_role_policy: document(assume(principal)) },
    ...attributes,
  });

/** A new role of a function, which may do an action. */
function pilot(hides: string, action: string, warns: RegExp): Attack {
  const policy = document(allow({ Action: ['dynamodb:GetItem', action], Resource: '*' }));
  return more(hides, [role(LAMBDA), resource('aws_iam_role_policy.pilot', null, { role: 'pilot', policy })], { warns });
}

export const trusts: readonly Attack[] = [
  trust('the trust for another account', LAMBDA, [assume(ROOT)], new RegExp(OTHER)),
  trust(
    'the trust for a bare account',
    LAMBDA,
    [assume({ ...LAMBDA }), assume({ Principal: { AWS: OTHER } })],
    new RegExp(OTHER),
  ),
  trust(
    'the trust for anyone, under a condition',
    LAMBDA,
    [assume(LAMBDA), assume({ Principal: '*', Condition: { StringLike: { 'aws:userid': '*' } } })],
    /\*/,
  ),
  trust(
    'the trust for another provider of identities',
    LAMBDA,
    [assume(LAMBDA), assume({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'login.example' } })],
    /login\.example/,
  ),
  trust(
    'the trust for SAML',
    LAMBDA,
    [assume({ Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/x` }, Action: 'sts:AssumeRoleWithSAML' })],
    /saml-provider/,
  ),
  trust(
    'the trust for another service',
    LAMBDA,
    [assume({ Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } })],
    /ec2\.amazonaws\.com/,
  ),
  trust(
    'the trust without its external id',
    { ...ROOT, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
    [assume(ROOT)],
    /condition/,
  ),
  trust(
    'the trust for a subject with a wildcard',
    {
      Principal: { Federated: 'github' },
      Condition: { StringLike: { 'x:sub': 'repo:acme/crud:ref:refs/heads/main' } },
    },
    [assume({ Principal: { Federated: 'github' }, Condition: { StringLike: { 'x:sub': 'repo:acme/*' } } })],
    /condition/,
  ),
  trust('NotPrincipal in a trust', LAMBDA, [assume({ NotPrincipal: { AWS: OTHER } })], /NotPrincipal/),

  more('a new role for another account', [role({ Principal: { AWS: OTHER } })], { warns: new RegExp(OTHER) }),
  more(
    'one new role in a list of new roles',
    Array.from({ length: 40 }, (_, index) => role(index === 39 ? ROOT : LAMBDA, {}, `["${String(index)}"]`)),
    { warns: new RegExp(OTHER) },
  ),
  more(
    'an inline policy of a new role',
    [
      role(LAMBDA, {
        inline_policy: [{ name: 'a', policy: document(allow({ Action: 'kms:Decrypt', Resource: '*' })) }],
      }),
    ],
    { warns: /kms:Decrypt/ },
  ),
  pilot('a new role that makes keys, by a wildcard', 'iam:Create*', /iam:Create\*/),
  pilot('a new role that passes roles, in capital letters', 'IAM:PASSROLE', /IAM:PASSROLE/),
  pilot('a new role that assumes roles', 'sts:AssumeRole', /sts:AssumeRole/),
  pilot('a new role that reads secrets', 'secretsmanager:GetSecretValue', /secretsmanager:GetSecretValue/),
  pilot('a new role that decrypts', 'kms:Decrypt', /kms:Decrypt/),
  pilot('a new role that opens buckets', 's3:PutBucketPolicy', /s3:PutBucketPolicy/),
  pilot('a new role that runs commands', 'ssm:SendCommand', /ssm:SendCommand/),
  pilot('a new role that opens functions', 'lambda:AddPermission', /lambda:AddPermission/),
  pilot('a new role that allows every action of a service', 's3:*', /s3:\*/),
  pilot('a new role that allows every action', '*', /everything|\*/),
];
