/** Warnings about new resources that switch off a protection, deleted data by a type's name, and templates. */
import { changeWarnings } from './support/warnings';

test.each([
  [
    'aws_s3_bucket_versioning',
    { bucket: 'a', versioning_configuration: [{ status: 'Suspended' }] },
    /stops versioning/,
  ],
  ['aws_efs_backup_policy', { file_system_id: 'fs-1', backup_policy: [{ status: 'DISABLED' }] }, /backups/],
  ['aws_ebs_encryption_by_default', { enabled: false }, /no longer encrypts/],
  ['aws_ebs_snapshot_block_public_access', { state: 'unblocked' }, /public access/],
  ['aws_emr_block_public_access_configuration', { block_public_security_group_rules: false }, /public access/],
])('warns of a new %s that ends a protection', (type, after, expected) => {
  expect(changeWarnings(type, null, after)).toContainEqual(expect.stringMatching(expected));
});

test.each([
  ['aws_s3_bucket_versioning', { bucket: 'a', versioning_configuration: [{ status: 'Enabled' }] }],
  ['aws_efs_backup_policy', { file_system_id: 'fs-1', backup_policy: [{ status: 'ENABLED' }] }],
  ['aws_ebs_encryption_by_default', { enabled: true }],
])('is quiet about a new %s that protects', (type, after) => {
  expect(changeWarnings(type, null, after)).toEqual([]);
});

test.each([
  'aws_lightsail_disk_snapshot',
  'aws_emr_cluster',
  'aws_route53_zone',
  'aws_example_table',
  'aws_fsx_backup',
])('warns of a deleted %s', (type) => {
  expect(changeWarnings(type, { name: 'a' }, null)).toContainEqual(expect.stringMatching(/^data: .*will be lost/));
});

test.each([
  ['aws_route_table', { name: 'a' }],
  ['aws_s3_object', { bucket: 'a', key: 'a', source: 'dist/a.js' }],
  ['aws_s3_object', { bucket: 'a', key: 'a', content: 'a' }],
])('is quiet about a deleted %s, before %j', (type, before) => {
  expect(changeWarnings(type, before, null)).toEqual([]);
});

test.each([
  ['aws_cloudformation_stack', 'template_body'],
  ['aws_cloudcontrolapi_resource', 'desired_state'],
])('warns of managed policies that %s attaches in %s', (type, attribute) => {
  const arns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  const document = JSON.stringify({ Role: { Properties: { ManagedPolicyArns: arns } } });
  for (const before of [null, { [attribute]: '{}' }]) {
    const warnings = changeWarnings(type, before, { [attribute]: document });
    expect(warnings).toContainEqual(expect.stringMatching(/attaches managed policies/));
  }
});
