/** Users, keys, providers of identities and managed policies. */
import {
  allow,
  type Attack,
  type ChangeRow,
  changeOf,
  type CreateRow,
  creationOf,
  document,
  OTHER,
  OWN,
} from '../build';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

const boundary = (name: string) => ({ permissions_boundary: `arn:aws:iam::${OWN}:policy/${name}` });
const inline = (name: string, action: string) => ({ name, policy: document(allow({ Action: action })) });
const GET = 'dynamodb:GetItem';

const CHANGES: readonly ChangeRow[] = [
  ['another boundary', 'aws_iam_role', { name: 'a', ...boundary('narrow') }, boundary('wide'), /boundary/],
  ['no boundary', 'aws_iam_user', { name: 'a', ...boundary('narrow') }, { permissions_boundary: '' }, /boundary/],
  ['one more inline policy', 'aws_iam_role', { inline_policy: [] }, { inline_policy: [inline('a', 's3:*')] }, /s3:\*/],
  [
    'an inline policy in a block',
    'aws_iam_role',
    { inline_policy: [inline('a', GET), inline('b', GET)] },
    { inline_policy: [inline('b', GET), inline('a', 'iam:*')] },
    /iam:\*/,
  ],
  [
    'a wider managed policy',
    'aws_iam_policy',
    { policy: document(allow()) },
    { policy: document(allow({ Action: 'dynamodb:*' })) },
    /dynamodb:\*/,
  ],
  [
    'a wider policy of a permission set',
    'aws_ssoadmin_permission_set_inline_policy',
    { inline_policy: document(allow()) },
    { inline_policy: document(allow({ Action: 'sts:*' })) },
    /sts:\*/,
  ],
  [
    'a policy deep in an attribute of another name',
    'aws_vpc_endpoint',
    { rules: [{ access: [{ text: document(allow()) }] }] },
    { rules: [{ access: [{ text: document(allow({ Action: 'kms:*' })) }] }] },
    /kms:\*/,
  ],
  [
    'a provider of identities with one more audience',
    'aws_iam_openid_connect_provider',
    { url: 'https://id.example', client_id_list: ['a'] },
    { client_id_list: ['a', 'b'] },
    /\bb\b/,
  ],
  [
    'a provider of identities with another certificate',
    'aws_iam_openid_connect_provider',
    { url: 'https://id.example', client_id_list: ['a'], thumbprint_list: ['a'.repeat(40)] },
    { thumbprint_list: ['b'.repeat(40)] },
    /b{40}/,
  ],
  [
    'one more member of a group',
    'aws_iam_group_membership',
    { group: 'admins', name: 'a', users: ['amy'] },
    { users: ['amy', 'mallory'] },
    /mallory/,
  ],
  [
    'one more managed policy',
    'aws_iam_role',
    { name: 'a', managed_policy_arns: [] },
    { managed_policy_arns: [ADMINISTRATOR] },
    /AdministratorAccess/,
  ],
];

const NEW: readonly CreateRow[] = [
  [
    'a managed policy of a role',
    'aws_iam_role_policy_attachment',
    { role: 'ferry', policy_arn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    /PowerUserAccess/,
  ],
  [
    'a managed policy of an existing role, with a harmless name',
    'aws_iam_role_policy_attachment',
    { role: 'ferry', policy_arn: `arn:aws:iam::${OWN}:policy/readonly` },
    /policy\/readonly/,
  ],
  [
    'a managed policy of many',
    'aws_iam_policy_attachment',
    { name: 'a', users: ['amy'], groups: ['crew'], policy_arn: 'arn:aws:iam::aws:policy/IAMFullAccess' },
    /IAMFullAccess/,
  ],
  [
    'all managed policies of a role',
    'aws_iam_role_policy_attachments_exclusive',
    { role_name: 'ferry', policy_arns: [ADMINISTRATOR] },
    /AdministratorAccess/,
  ],
  [
    'a managed policy of a user',
    'aws_iam_user_policy_attachment',
    { user: 'amy', policy_arn: ADMINISTRATOR },
    /AdministratorAccess/,
  ],
  [
    'a managed policy of a group',
    'aws_iam_group_policy_attachment',
    { group: 'crew', policy_arn: ADMINISTRATOR },
    /AdministratorAccess/,
  ],
  [
    'a managed policy of a permission set',
    'aws_ssoadmin_managed_policy_attachment',
    { instance_arn: 'a', permission_set_arn: 'b', managed_policy_arn: ADMINISTRATOR },
    /AdministratorAccess/,
  ],
  ['an access key', 'aws_iam_access_key', { user: 'deploy' }, /aws_iam_access_key/],
  ['a login of a user', 'aws_iam_user_login_profile', { user: 'amy' }, /aws_iam_user_login_profile/],
  ['a user', 'aws_iam_user', { name: 'amy' }, /aws_iam_user/],
  ['a membership of a group', 'aws_iam_user_group_membership', { user: 'amy', groups: ['admins'] }, /admins/],
  [
    'a provider of identities',
    'aws_iam_openid_connect_provider',
    { url: 'https://evil.example', client_id_list: ['a'] },
    /evil\.example/,
  ],
  [
    'a provider of SAML',
    'aws_iam_saml_provider',
    { name: 'evil', saml_metadata_document: '<xml/>' },
    /aws_iam_saml_provider/,
  ],
  [
    'a grant of a key',
    'aws_kms_grant',
    { key_id: 'k', grantee_principal: `arn:aws:iam::${OTHER}:root`, operations: ['Decrypt'] },
    new RegExp(OTHER),
  ],
  ['a share', 'aws_ram_principal_association', { principal: OTHER, resource_share_arn: 'a' }, new RegExp(OTHER)],
];

export const identities: readonly Attack[] = [...CHANGES.map(changeOf), ...NEW.map(creationOf)];
