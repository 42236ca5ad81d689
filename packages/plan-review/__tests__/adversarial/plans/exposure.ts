/** Buckets, networks, databases, snapshots and images that more people may reach. */
import {
  type Attack,
  type Attributes,
  type ChangeRow,
  changeOf,
  type CreateRow,
  creationOf,
  more,
  OTHER,
  resource,
} from '../build';

const BLOCK = {
  bucket: 'maps',
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const grant = (grantee: Attributes) => [{ owner: [{ id: 'me' }], grant: [{ grantee: [grantee], permission: 'READ' }] }];
const SECURITY_GROUP = {
  name: 'gate',
  ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'], ipv6_cidr_blocks: [] }],
};

const CHANGES: readonly ChangeRow[] = [
  [
    'a public list of a bucket',
    'aws_s3_bucket_acl',
    { bucket: 'maps', acl: 'private' },
    { acl: 'public-read' },
    /public-read/,
  ],
  [
    'a list for everyone with an account',
    'aws_s3_bucket_acl',
    { bucket: 'maps', acl: 'private' },
    { acl: 'authenticated-read' },
    /authenticated-read/,
  ],
  [
    'a grant for all users',
    'aws_s3_bucket_acl',
    { bucket: 'maps', access_control_policy: [] },
    { access_control_policy: grant({ type: 'Group', uri: ALL_USERS }) },
    /AllUsers/,
  ],
  [
    'a grant for another owner',
    'aws_s3_bucket_acl',
    { bucket: 'maps', access_control_policy: grant({ type: 'CanonicalUser', id: 'me' }) },
    { access_control_policy: grant({ type: 'CanonicalUser', id: 'somebodyelse' }) },
    /somebodyelse/,
  ],
  [
    'a public object',
    'aws_s3_object',
    { bucket: 'maps', key: 'a', acl: 'private' },
    { acl: 'public-read-write' },
    /public-read-write/,
  ],
  [
    'lists that count again',
    'aws_s3_bucket_ownership_controls',
    { bucket: 'maps', rule: [{ object_ownership: 'BucketOwnerEnforced' }] },
    { rule: [{ object_ownership: 'ObjectWriter' }] },
    /ACLs/,
  ],
  [
    'one of four public access blocks',
    'aws_s3_bucket_public_access_block',
    BLOCK,
    { restrict_public_buckets: false },
    /restrict_public_buckets/,
  ],
  [
    'the public access block of an account',
    'aws_s3_account_public_access_block',
    BLOCK,
    { ignore_public_acls: false },
    /ignore_public_acls/,
  ],
  [
    'a bucket of a legacy ACL',
    'aws_s3_bucket',
    { bucket: 'maps', acl: 'private' },
    { acl: 'public-read' },
    /public-read/,
  ],
  [
    'CORS of a bucket',
    'aws_s3_bucket_cors_configuration',
    { bucket: 'maps', cors_rule: [{ allowed_methods: ['GET'], allowed_origins: ['https://a.example'] }] },
    { cors_rule: [{ allowed_methods: ['GET'], allowed_origins: ['*'] }] },
    /origin/,
  ],
  [
    'a security group for the internet',
    'aws_security_group',
    SECURITY_GROUP,
    { ingress: [{ ...SECURITY_GROUP.ingress[0], cidr_blocks: ['0.0.0.0/0'] }] },
    /0\.0\.0\.0\/0/,
  ],
  [
    'a security group for the internet, by IPv6',
    'aws_security_group',
    SECURITY_GROUP,
    { ingress: [{ ...SECURITY_GROUP.ingress[0], ipv6_cidr_blocks: ['::/0'] }] },
    /::\/0/,
  ],
  [
    'a public database',
    'aws_db_instance',
    { identifier: 'a', publicly_accessible: false },
    { publicly_accessible: true },
    /publicly/,
  ],
  [
    'a snapshot for another account',
    'aws_db_snapshot',
    { db_instance_identifier: 'a', shared_accounts: [] },
    { shared_accounts: ['all'] },
    /all/,
  ],
];

const NEW: readonly CreateRow[] = [
  [
    'a snapshot for another account',
    'aws_snapshot_create_volume_permission',
    { account_id: OTHER, snapshot_id: 's' },
    new RegExp(OTHER),
  ],
  [
    'an image for another account',
    'aws_ami_launch_permission',
    { account_id: OTHER, image_id: 'i' },
    new RegExp(OTHER),
  ],
  [
    'a layer for another account',
    'aws_lambda_layer_version_permission',
    { principal: OTHER, layer_name: 'l', action: 'lambda:GetLayerVersion', statement_id: 'a', version_number: 1 },
    new RegExp(OTHER),
  ],
  [
    'events of another account',
    'aws_cloudwatch_event_permission',
    { principal: OTHER, statement_id: 'a' },
    new RegExp(OTHER),
  ],
  [
    'a public access block that blocks nothing',
    'aws_s3_bucket_public_access_block',
    { bucket: 'maps', block_public_acls: false, block_public_policy: false },
    /block_public_policy/,
  ],
  ['a public list of an existing bucket', 'aws_s3_bucket_acl', { bucket: 'maps', acl: 'public-read' }, /public-read/],
  [
    'a rule of a security group',
    'aws_vpc_security_group_ingress_rule',
    { security_group_id: 'sg-1', cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' },
    /0\.0\.0\.0\/0/,
  ],
  [
    'a rule of a security group, in the old form',
    'aws_security_group_rule',
    { security_group_id: 'sg-1', type: 'ingress', cidr_blocks: ['0.0.0.0/0'], protocol: '-1' },
    /0\.0\.0\.0\/0/,
  ],
];

export const exposure: readonly Attack[] = [
  ...CHANGES.map(changeOf),
  ...NEW.map(creationOf),
  more('the public access block of a bucket, deleted', [resource('aws_s3_bucket_public_access_block.a', BLOCK, null)], {
    warns: /public/,
  }),
];
