/** Risks of new policies of new resources: outside principals, actions that extend permissions, and grants of all actions. */
import { outsidePrincipals } from '../src/policy/principals';
import { sensitiveActions, unlimitedActions } from '../src/policy/risks';
import { parsePolicy, type Statement } from '../src/policy/statements';
import { allow, changeWarnings } from './support/warnings';

const statement = (more: object): Statement => {
  const [parsed] = parsePolicy({ Statement: [allow(more)] }) ?? [];
  if (!parsed) throw new Error('no statement');
  return parsed;
};

test.each<[string, object, readonly string[]]>([
  ['everyone', { Principal: '*' }, ['*']],
  ['everyone in AWS', { Principal: { AWS: '*' } }, ['*']],
  ['the own account', { Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/a'] } }, []],
  [
    'another account',
    { Principal: { AWS: ['444455556666', 'arn:aws:iam::444455556666:role/a'] } },
    ['AWS:444455556666', 'AWS:arn:aws:iam::444455556666:role/a'],
  ],
  ['an account as a wildcard', { Principal: { AWS: 'arn:aws:iam::*:root' } }, ['AWS:arn:aws:iam::*:root']],
  ['a federated user', { Principal: { Federated: 'accounts.google.com' } }, ['Federated:accounts.google.com']],
  ['a canonical user', { Principal: { CanonicalUser: 'c0ffee' } }, ['CanonicalUser:c0ffee']],
  ['a service', { Principal: { Service: 'sns.amazonaws.com' } }, ['Service:sns.amazonaws.com']],
  [
    'a service with a source',
    {
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } },
    },
    [],
  ],
  [
    'a service with a source that it may omit',
    {
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } },
    },
    ['Service:sns.amazonaws.com'],
  ],
  ...(
    [
      ['every source', 'ArnLike', 'aws:SourceArn', '*'],
      ['a source in every account', 'ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*'],
      ['a source in another account', 'ArnEquals', 'aws:SourceArn', 'arn:aws:sns:eu-central-1:444455556666:a'],
      ['another account as the source', 'StringEquals', 'aws:SourceAccount', '444455556666'],
      ['one more account as the source', 'StringEquals', 'aws:SourceAccount', ['111122223333', '444455556666']],
      ['every account as the source', 'StringLike', 'aws:SourceAccount', '*'],
      ['many buckets as the source', 'ArnLike', 'aws:SourceArn', 'arn:aws:s3:::logs*'],
      ['a test that an absent key passes', 'ForAllValues:StringEquals', 'aws:SourceAccount', '111122223333'],
    ] as const
  ).map(([source, operator, key, values]): [string, object, readonly string[]] => [
    `a service with ${source}`,
    { Principal: { Service: 'sns.amazonaws.com' }, Condition: { [operator]: { [key]: values } } },
    ['Service:sns.amazonaws.com'],
  ]),
  [
    'a service with a bucket as the source',
    { Principal: { Service: 's3.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::logs' } } },
    [],
  ],
  [
    'a service with two conditions, of which one limits its source',
    {
      Principal: { Service: 's3.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': '*' }, StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
    [],
  ],
  ['every service', { Principal: { Service: '*' }, Action: 'sts:AssumeRole' }, ['Service:*']],
  ['a service that assumes a role', { Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }, []],
  [
    'everyone in the own account',
    { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } },
    [],
  ],
  [
    'everyone in another account',
    { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } } },
    ['*'],
  ],
])('outside principals: %s', (_, more, expected) => {
  expect(outsidePrincipals(statement(more), new Set(['111122223333']))).toEqual(expected);
});

test('without a known own account, every account is outside', () => {
  expect(outsidePrincipals(statement({ Principal: { AWS: '111122223333' } }), new Set())).toHaveLength(1);
});

test.each<[action: string, isSensitive: boolean]>([
  ['iam:CreateUser', true],
  ['IAM:PassRole', true],
  ['i*:CreateUser', true],
  ['*', true],
  ['s*:GetObject', true],
  ['kms:Decrypt', true],
  ['secretsmanager:GetSecretValue', true],
  ['lambda:AddPermission', true],
  ['lambda:Add*', true],
  ['s3:PutBucketPolicy', true],
  ['ssm:*', true],
  ['cloudformation:*', true],
  ['lambda:InvokeFunction', false],
  ['logs:PutRetentionPolicy', false],
  ['logs:PutSubscriptionFilter', false],
  ['application-autoscaling:PutScalingPolicy', false],
  ['ecr:PutLifecyclePolicy', false],
  ['elasticfilesystem:PutBackupPolicy', false],
  ['dynamodb:*', false],
  ['s3:GetObject', false],
])('%s extends rights: %s', (action, isSensitive) => {
  expect(sensitiveActions(statement({ Action: action }))).toHaveLength(isSensitive ? 1 : 0);
});

test.each<[action: string, resource: string, isUnlimited: boolean]>([
  ['*', 'arn:aws:s3:::b', true],
  ['*:*', '*', true],
  ['s3:*', '*', true],
  ['s3:**', '**', true],
  ['s3:?*', 'arn:aws:s3:::*', true],
  ['s3:*', 'arn:*', true],
  ['s3:*', 'arn:aws:s3:::b/*', false],
  ['s3:*', 'arn:aws:s3:::*/*', true],
  ['dynamodb:*', 'arn:aws:dynamodb:*:*:table/*', true],
  ['dynamodb:*', 'arn:aws:dynamodb:*:*:table/orders*', false],
  ['logs:*', 'arn:aws:logs:*:*:log-group:/aws/lambda/a:*', false],
  ['s3:Get*', '*', false],
])('the action %s on %s is unlimited: %s', (action, resource, isUnlimited) => {
  expect(unlimitedActions(statement({ Action: action, Resource: resource }))).toHaveLength(isUnlimited ? 1 : 0);
});

const role = (more: object, principal: object) => ({
  name: 'r',
  assume_role_policy: JSON.stringify({
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }],
  }),
  inline_policy: [{ name: 'p', policy: JSON.stringify({ Statement: [allow(more)] }) }],
});

test('a new role for another account, with permissions that can extend permissions, causes warnings', () => {
  const after = role({ Action: ['dynamodb:GetItem', 'iam:PassRole', 'kms:Decrypt'] }, { AWS: '444455556666' });
  expect(changeWarnings('aws_iam_role', null, after)).toEqual([
    'access: lets in `AWS:444455556666`, outside of your accounts, for `sts:AssumeRole`',
    'access: in `inline_policy[0].policy` is new and allows `iam:PassRole`, `kms:Decrypt` on `arn:aws:s3:::b/*`',
  ]);
});

test('a new role of a function causes no warning', () => {
  const after = role({ Action: ['dynamodb:GetItem', 'logs:PutLogEvents'] }, { Service: 'lambda.amazonaws.com' });
  expect(changeWarnings('aws_iam_role', null, after)).toEqual([]);
});
