/** Warnings about new resources that switch off a protection. */
import { changeWarnings } from './support/warnings';

test.each([
  [
    'aws_s3_bucket_versioning',
    { bucket: 'a', versioning_configuration: [{ status: 'Suspended' }] },
    /suspends versioning/,
  ],
  ['aws_efs_backup_policy', { file_system_id: 'fs-1', backup_policy: [{ status: 'DISABLED' }] }, /backups/],
  ['aws_ebs_encryption_by_default', { enabled: false }, /does not encrypt/],
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
