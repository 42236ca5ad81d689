/** Warnings about identities, and about policies and permissions that they get or lose. */
import { changeWarnings, expectAccess, type WarningCase } from './support/warnings';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

test.each<WarningCase>([
  [
    'an attachment to an existing role',
    'aws_iam_policy_attachment',
    null,
    { policy_arn: ADMINISTRATOR, roles: ['r'] },
    [`attaches the managed policy \`${ADMINISTRATOR}\` to \`r\``],
  ],
  [
    'a managed policy of a new role',
    'aws_iam_role',
    null,
    { managed_policy_arns: [ADMINISTRATOR] },
    [/AdministratorAccess/],
  ],
  [
    "a new role with AWS's policy for logs",
    'aws_iam_role',
    null,
    { managed_policy_arns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] },
    [],
  ],
  [
    'one more role of an attachment',
    'aws_iam_policy_attachment',
    { policy_arn: 'arn:p', roles: ['r'] },
    { policy_arn: 'arn:p', roles: ['r', 's'] },
    ['attaches the managed policy `arn:p` to `s`'],
  ],
  [
    'a permission set',
    'aws_ssoadmin_managed_policy_attachment',
    null,
    { managed_policy_arn: ADMINISTRATOR },
    [/AdministratorAccess/],
  ],
  [
    'an attachment that moves to another role',
    'aws_iam_role_policy_attachment',
    { policy_arn: ADMINISTRATOR, role: 'a' },
    { policy_arn: ADMINISTRATOR, role: 'b' },
    [`attaches the managed policy \`${ADMINISTRATOR}\``],
  ],
  [
    'a policy that moves to another role',
    'aws_iam_role_policy',
    { policy: '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}', role: 'a' },
    { policy: '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}', role: 'b' },
    ['allows `s3:Get*` on `*`'],
  ],
  [
    'a permission that moves to another function',
    'aws_lambda_permission',
    { principal: 'sns.amazonaws.com', source_arn: 'arn:a', function_name: 'a' },
    { principal: 'sns.amazonaws.com', source_arn: 'arn:a', function_name: 'b' },
    ['lets another source invoke an existing function: `sns.amazonaws.com`, `arn:a`'],
  ],
  ...['*', 'arn:aws:sns:*:*:t'].map((source): [string, string, null, object, string[]] => [
    `a permission for the source ${source}`,
    'aws_lambda_permission',
    null,
    { principal: 'sns.amazonaws.com', source_arn: source, function_name: 'f' },
    [
      `lets \`sns.amazonaws.com\` invoke the function on behalf of sources outside of your accounts: \`source_arn\` \`${source}\``,
    ],
  ]),
  [
    'another account that may invoke a function',
    'aws_lambda_permission',
    null,
    { principal: '444455556666', function_name: 'f' },
    ['lets `444455556666`, outside of your accounts, invoke the function'],
  ],
  ['an access key', 'aws_iam_access_key', null, { user: 'u' }, ['is a new access key of the user `u`']],
  [
    'another boundary',
    'aws_iam_role',
    { permissions_boundary: 'arn:a' },
    { permissions_boundary: 'arn:b' },
    ['gets another permissions boundary: `arn:b` instead of `arn:a`'],
  ],
  ['a group', 'aws_iam_user_group_membership', { groups: ['a'] }, { groups: ['a', 'b'] }, ['adds `b` to `groups`']],
  ['a snapshot for another account', 'aws_db_snapshot', { shared_accounts: [] }, { shared_accounts: ['4'] }, [/`4`/]],
])('%s', (_, type, before, after, expected) => expectAccess(type, before, after, expected));

test.each<[policy: string, expected: string[]]>([
  [
    'arn:aws:iam::aws:policy/AWSDenyAll',
    ['access: loses `arn:aws:iam::aws:policy/AWSDenyAll`: its denials no longer apply'],
  ],
  ['arn:aws:iam::aws:policy/ReadOnlyAccess', []],
])('a role that loses the managed policy %s', (policy, expected) => {
  expect(changeWarnings('aws_iam_role_policy_attachment', { role: 'a', policy_arn: policy }, null)).toEqual(expected);
});

test.each<readonly [type: string, before: object | null, after: object, expected: RegExp]>([
  ['aws_cognito_identity_provider', null, { provider_name: 'a', provider_type: 'OIDC' }, /trusts the logins of `a`/],
  ['aws_cognito_user_group', null, { name: 'a', role_arn: 'arn:aws:iam::123456789012:role/a' }, /role\/a/],
  ['aws_transfer_access', null, { external_id: 'S-1', role: 'arn:aws:iam::123456789012:role/a' }, /`S-1`/],
  [
    'aws_s3control_access_grant',
    null,
    { grantee: [{ grantee_identifier: 'a' }], permission: 'READ' },
    /gives access to objects/,
  ],
  ['aws_eks_pod_identity_association', null, { role_arn: 'arn:aws:iam::123456789012:role/a' }, /lets pods use/],
  ['aws_organizations_delegated_administrator', null, { account_id: '444455556666' }, /administrator.*444455556666/],
  [
    'aws_acmpca_permission',
    null,
    { principal: 'acm.amazonaws.com', actions: ['IssueCertificate'] },
    /certificate authority/,
  ],
  [
    'aws_iot_thing_principal_attachment',
    null,
    { thing: 'a', principal: 'arn:aws:iot:eu-west-1:123456789012:cert/a' },
    /cert\/a/,
  ],
  [
    'aws_dlm_lifecycle_policy',
    { policy_details: [{ share_rule: [{ target_accounts: [] }] }] },
    { policy_details: [{ share_rule: [{ target_accounts: ['444455556666'] }] }] },
    /444455556666/,
  ],
])('warns of somebody who gets access: %s, before %j', (type, before, after, expected) => {
  expect(changeWarnings(type, before, after)).toContainEqual(expect.stringMatching(expected));
});
