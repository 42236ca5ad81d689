/** Settings of many kinds that let in more callers, or keep data for a shorter time. */
import { type Attack, type ChangeRow, changeOf } from '../build';

const REPLICATION = 'aws_s3_bucket_replication_configuration';
const replicas = (...status: readonly string[]) => ({
  bucket: 'a',
  rule: status.map((word, id) => ({ id: `r${String(id)}`, status: word })),
});

const ROWS: readonly ChangeRow[] = [
  [
    'another kind of authorization',
    'aws_apigatewayv2_route',
    { api_id: 'abc', authorization_type: 'AWS_IAM' },
    { authorization_type: 'CUSTOM', authorizer_id: 'x' },
    /AWS_IAM/,
  ],
  [
    'another kind of authorization of a method',
    'aws_api_gateway_method',
    { rest_api_id: 'abc', authorization: 'AWS_IAM' },
    { authorization: 'CUSTOM', authorizer_id: 'x' },
    /AWS_IAM/,
  ],
  [
    'no limit of snapshots',
    'aws_elasticache_replication_group',
    { snapshot_retention_limit: 30 },
    { snapshot_retention_limit: null },
    /snapshot_retention_limit/,
  ],
  [
    'no backups',
    'aws_db_instance',
    { identifier: 'a', backup_retention_period: 30 },
    { backup_retention_period: null },
    /backup_retention_period/,
  ],
  ['a disabled key', 'aws_kms_key', { is_enabled: true }, { is_enabled: false }, /is disabled: nobody can read/],
  [
    'a disk that is deleted with its server',
    'aws_instance',
    { root_block_device: [{ delete_on_termination: false }] },
    { root_block_device: [{ delete_on_termination: true }] },
    /delete_on_termination/,
  ],
  ['a disabled replica', REPLICATION, replicas('Enabled'), replicas('Disabled'), /replica/],
  ['one replica fewer', REPLICATION, replicas('Enabled', 'Enabled'), replicas('Enabled'), /replica/],
  [
    'an access key that becomes active again',
    'aws_iam_access_key',
    { user: 'u', status: 'Inactive' },
    { status: 'Active' },
    /becomes active/,
  ],
  [
    'a user pool that anyone may join',
    'aws_cognito_user_pool',
    { admin_create_user_config: [{ allow_admin_create_user_only: true }] },
    { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
    /sign up/,
  ],
  ['a public load balancer', 'aws_lb', { internal: true }, { internal: false }, /internal/],
  [
    'a larger limit of a firewall',
    'aws_wafv2_web_acl',
    { rule: [{ name: 'r', statement: [{ rate_based_statement: [{ limit: 100 }] }] }] },
    { rule: [{ name: 'r', statement: [{ rate_based_statement: [{ limit: 2000000 }] }] }] },
    /2000000/,
  ],
  [
    'a firewall that allows every request',
    'aws_wafv2_web_acl',
    { default_action: [{ block: [{}], allow: [] }] },
    { default_action: [{ block: [], allow: [{}] }] },
    /default_action/,
  ],
];

export const settings: readonly Attack[] = ROWS.map(changeOf);
