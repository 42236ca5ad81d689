/** Warns when data loses a protection: deletion protection, point-in-time recovery or versioning. */
import { attribute, type Value } from '../model/value';
import { firstBlock, hasPointInTimeRecovery } from './blocks';
import type { Rule } from './warning';

interface Protection {
  readonly type: string;
  readonly isOn: (value: Value) => boolean;
  /** The warning when the protection is switched off. */
  readonly text: string;
}

const PROTECTIONS: readonly Protection[] = [
  {
    type: 'aws_dynamodb_table',
    isOn: hasPointInTimeRecovery,
    text: 'loses point-in-time recovery: AWS deletes its continuous backups',
  },
  { type: 'aws_dynamodb_table', isOn: isTrue('deletion_protection_enabled'), text: 'loses deletion protection' },
  { type: 'aws_db_instance', isOn: isTrue('deletion_protection'), text: 'loses deletion protection' },
  { type: 'aws_rds_cluster', isOn: isTrue('deletion_protection'), text: 'loses deletion protection' },
  {
    type: 'aws_s3_bucket',
    isOn: (value) => attribute(value, 'force_destroy') !== true,
    text: 'sets `force_destroy`: Terraform can delete the bucket with all its objects',
  },
  {
    type: 'aws_s3_bucket_versioning',
    isOn: (value) => attribute(firstBlock(value, 'versioning_configuration'), 'status') === 'Enabled',
    text: 'stops versioning: overwritten and deleted objects cannot be recovered',
  },
];

export const protectionRule: Rule = ({ type, address, action, before, after }) => {
  // Versioning is a separate resource: the deletion of this resource stops versioning.
  const isRemoved = type === 'aws_s3_bucket_versioning' && action === 'delete';
  if (action !== 'change' && action !== 'replace' && !isRemoved) return [];
  return PROTECTIONS.filter(({ type: protectedType, isOn }) => protectedType === type && isOn(before))
    .filter(({ isOn }) => isRemoved || !isOn(after))
    .map(({ text }) => ({ kind: 'protection', address, text: [text] }));
};

function isTrue(name: string): (value: Value) => boolean {
  return (value) => attribute(value, name) === true;
}
