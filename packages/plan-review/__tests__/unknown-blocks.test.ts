/** Tests the warnings about nested values that are known only after the apply, such as the values of a `dynamic` block. */
import { parsePlan } from '../src';
import type { RawChange } from '../src/read/schema';
import { rawPlan, resource } from './support/plans';
import { warningTexts } from './support/warnings';

type Row = readonly [type: string, before: object | null, after: object, unknown: object];

/** A plan whose configuration has no expressions of the block: Terraform leaves `dynamic` blocks out. */
const planOf = ([type, before, after, unknown]: Row, expressions: object = {}) =>
  parsePlan(
    {
      ...rawPlan(
        resource(type, {
          ...{ actions: [before === null ? 'create' : 'update'], before, after, after_unknown: unknown },
        } as RawChange),
      ),
      configuration: {
        root_module: { resources: [{ address: `${type}.a`, mode: 'managed', type, name: 'a', expressions }] },
      },
    },
    'plan.json',
    'stack',
  );

const role = { name: 'a', assume_role_policy: '' };
const tcp = { from_port: 443, to_port: 443, protocol: 'tcp' };
const [rule, hourly] = [{ id: 'a', status: 'Disabled' }, { expiration: [{ days: 365 }] }];
const grant = { permission: 'READ' };

test.each<Row>([
  [
    'aws_iam_role',
    { ...role, inline_policy: [] },
    { inline_policy: [{ name: 'x' }] },
    { inline_policy: [{ policy: true }] },
  ],
  ['aws_iam_role', { ...role, inline_policy: [] }, role, { inline_policy: [{ name: true, policy: true }] }],
  ['aws_iam_role', { ...role, inline_policy: [] }, role, { inline_policy: true }],
  [
    'aws_security_group',
    { ingress: [{ ...tcp, cidr_blocks: ['10.0.0.0/8'] }] },
    { ingress: [tcp] },
    { ingress: [{ cidr_blocks: true }] },
  ],
  ['aws_security_group', { ingress: [] }, {}, { ingress: true }],
  ['aws_security_group', { ingress: [{ ...tcp, cidr_blocks: ['10.0.0.0/8'] }] }, {}, { ingress: true }],
  [
    'aws_apigatewayv2_api',
    { cors_configuration: [{ allow_origins: ['https://a.example'] }] },
    { cors_configuration: [{}] },
    { cors_configuration: [{ allow_origins: true }] },
  ],
  ['aws_s3_bucket_cors_configuration', { cors_rule: [] }, {}, { cors_rule: true }],
  [
    'aws_s3_bucket_lifecycle_configuration',
    { rule: [{ ...rule, ...hourly }] },
    { rule: [{ ...rule, expiration: [{}] }] },
    { rule: [{ expiration: [{ days: true }] }] },
  ],
  [
    'aws_s3_bucket_lifecycle_configuration',
    { rule: [{ ...rule, ...hourly }] },
    { rule: [{ id: 'a', ...hourly }] },
    { rule: [{ status: true }] },
  ],
  [
    'aws_s3_bucket_lifecycle_configuration',
    { rule: [rule] },
    { rule: [rule, { id: 'b', expiration: [{}] }] },
    { rule: [{}, { expiration: [{ days: true }] }] },
  ],
  ['aws_s3_bucket_lifecycle_configuration', { rule: [rule] }, {}, { rule: true }],
  [
    'aws_dynamodb_table',
    { ttl: [{ enabled: false }] },
    { ttl: [{ attribute_name: 'a' }] },
    { ttl: [{ enabled: true }] },
  ],
  ['aws_dynamodb_table', { ttl: [{ enabled: false }] }, {}, { ttl: true }],
  [
    'aws_s3_bucket_acl',
    { bucket: 'a', access_control_policy: [{ grant: [] }] },
    { bucket: 'a', access_control_policy: [{ grant: [{ ...grant, grantee: [{ type: 'Group' }] }] }] },
    { access_control_policy: [{ grant: [{ grantee: [{ uri: true }] }] }] },
  ],
  [
    'aws_s3_bucket_versioning',
    { versioning_configuration: [{ status: 'Enabled' }] },
    {},
    { versioning_configuration: true },
  ],
])('warns of an unknown nested value: %s, before %j', (...row) => {
  expect(warningTexts(planOf(row))).toContainEqual(expect.stringContaining('known only after the apply'));
});

test.each<Row>([
  ['aws_vpc_security_group_ingress_rule', null, { security_group_id: 'sg-1' }, { cidr_ipv4: true }],
  ['aws_security_group_rule', null, { security_group_id: 'sg-1', type: 'ingress' }, { cidr_blocks: true }],
])('warns of unknown addresses in a new rule of an existing group: %s', (...row) => {
  const [attribute = ''] = Object.keys(row[3]);
  const expressions = { [attribute]: { references: ['local.a'] } };
  expect(warningTexts(planOf(row, expressions))).toContainEqual(expect.stringContaining(attribute));
});

test.each<Row>([
  ['aws_s3_bucket', { tags_all: {}, acl: 'private' }, { tags_all: {} }, { tags_all: { policy: true, role: true } }],
  ['aws_security_group', { ingress: [tcp] }, { ingress: [tcp] }, { ingress: [{ security_groups: [true] }] }],
  ['aws_iam_role', null, role, { inline_policy: true, id: true }],
  ['aws_s3_bucket', { grant: [], versioning: [] }, {}, { versioning: true, policy: true }],
])('is quiet about a value that AWS computes, or that gives no access: %s, unknown %j', (...row) => {
  expect(warningTexts(planOf(row))).toEqual([]);
});
