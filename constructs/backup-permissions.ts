/** Permissions of the role with which AWS Backup reads a table. */
import { TABLE_KEY_ACTIONS, VIA_DYNAMODB } from './key-permissions';
import type { Statement } from './policy-statement';

/** Actions on the table (AWS managed policy `AWSBackupServiceRolePolicyForBackup`, without other services). */
export const BACKUP_ACTIONS = [
  ...['dynamodb:CreateBackup', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob'],
];

/** Actions on the backups of the table. */
export const BACKUP_COPY_ACTIONS = ['dynamodb:DeleteBackup', 'dynamodb:DescribeBackup'];

/** AWS Backup copies the tags of the table to its copies (AWS managed policy, since September 2025). */
export const BACKUP_TAG_ACTIONS = ['backup:TagResource'];

export const VAULT_ACTIONS = ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'];

/** Makes the statements with which AWS Backup copies encrypted data. @param keyArns ARNs of keys, or a pattern */
export function backupKeyStatements(keyArns: readonly string[]): Statement[] {
  return [
    { sid: 'TableKeyOfBackups', actions: TABLE_KEY_ACTIONS, resources: keyArns, conditions: VIA_DYNAMODB },
    {
      sid: 'GrantsOfBackups',
      actions: ['kms:CreateGrant'],
      resources: keyArns,
      conditions: { Bool: { 'kms:GrantIsForAWSResource': ['true'] } },
    },
  ];
}
