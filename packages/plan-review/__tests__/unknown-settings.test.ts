/** Warnings about settings that are known only after the apply. */
import { parsePlan } from '../src';
import type { RawChange } from '../src/read/schema';
import { rawPlan, resource } from './support/plans';
import { warningTexts } from './support/warnings';

type Row = readonly [type: string, before: object | null, unknown: object];

const planOf = ([type, before, unknown]: Row, expressions: object = unknown) => {
  const actions = [before === null ? 'create' : 'update'];
  const change = { actions, before, after: { ...before, ...nullsOf(unknown) }, after_unknown: unknown };
  const references = Object.fromEntries(
    Object.keys(expressions).map((key) => [key, { references: ['terraform_data.a.output', 'terraform_data.a'] }]),
  );
  return parsePlan(
    {
      ...rawPlan(resource(type, change as RawChange)),
      configuration: {
        root_module: {
          resources: [{ address: `${type}.a`, mode: 'managed', type, name: 'a', expressions: references }],
        },
      },
    },
    'plan.json',
    'stack',
  );
};
const nullsOf = (unknown: object) => Object.fromEntries(Object.keys(unknown).map((key) => [key, null]));

const DANGEROUS: readonly Row[] = [
  ['aws_dynamodb_table', { deletion_protection_enabled: true }, { deletion_protection_enabled: true }],
  ['aws_s3_bucket_acl', { acl: 'private', bucket: 'a' }, { acl: true }],
  ['aws_api_gateway_method', { authorization: 'AWS_IAM', rest_api_id: 'a' }, { authorization: true }],
  ['aws_api_gateway_method', null, { authorization: true }],
  ['aws_apigatewayv2_route', { api_key_required: true, api_id: 'a' }, { api_key_required: true }],
  ['aws_lambda_function_url', null, { authorization_type: true }],
  ['aws_sqs_queue', { message_retention_seconds: 600 }, { message_retention_seconds: true }],
  ['aws_db_instance', { publicly_accessible: false }, { publicly_accessible: true }],
  ['aws_s3_bucket_public_access_block', { block_public_acls: true }, { block_public_acls: true }],
  [
    'aws_s3_bucket_versioning',
    { versioning_configuration: [{ status: 'Enabled' }] },
    { versioning_configuration: true },
  ],
  ['aws_security_group_rule', { type: 'ingress', cidr_blocks: ['10.0.0.0/8'] }, { cidr_blocks: [true] }],
  ['aws_s3_bucket', { kms_key_id: 'arn:aws:kms:eu-central-1:123456789012:key/a' }, { kms_key_id: true }],
  ['aws_api_gateway_rest_api', { body: '{}' }, { body: true }],
];

test.each(DANGEROUS)('warns of %s, before %j, with unknown %j', (...row) => {
  const attribute = Object.keys(row[2])[0] ?? '';
  expect(warningTexts(planOf(row))).toContainEqual(
    expect.stringMatching(new RegExp(`^hidden: .* known only after the apply: .*${attribute}`)),
  );
});

test('is quiet about an attribute that AWS computes', () => {
  const isAttribute = ([type]: Row) => type !== 'aws_s3_bucket_versioning';
  for (const row of DANGEROUS.filter(isAttribute))
    expect(warningTexts(planOf(row, {}))).not.toContainEqual(expect.stringMatching(/^hidden/));
});

test.each<Row>([
  ['aws_sqs_queue', { url: 'https://a.example' }, { url: true }],
  ['aws_dynamodb_table', { deletion_protection_enabled: false }, { deletion_protection_enabled: true }],
  ['aws_s3_bucket', { kms_key_id: '' }, { kms_key_id: true }],
])('is quiet about a setting that protects nothing: %s, before %j', (...row) => {
  expect(warningTexts(planOf(row))).toEqual([]);
});
