/**
 * Makes the statements of the pipeline's roles for the setting `backup`. No role may delete a recovery point: backups must outlive
 * an abuse of the pipeline.
 */
import type { Statement } from '../constructs/policy-statement';
import {
  type Actions,
  givesTag,
  isTagged,
  type NamedScope,
  type SelectActions,
  selectedActions,
  withService,
} from './pipeline-actions';

const VAULTS: Actions = {
  read: ['DescribeBackupVault', 'ListTags'],
  write: ['CreateBackupVault', 'DeleteBackupVault', 'TagResource', 'UntagResource'],
};

/** ARNs of plans contain generated ids. */
const PLANS: Actions = {
  read: ['GetBackupPlan', 'GetBackupSelection', 'ListTags'],
  write: [
    ...['CreateBackupSelection', 'DeleteBackupPlan', 'DeleteBackupSelection', 'TagResource', 'UntagResource'],
    'UpdateBackupPlan',
  ],
};

/** Makes the statements of both roles. @param select picks the actions that the role may call */
export function backupStatements(scope: NamedScope, select: SelectActions): Statement[] {
  const { arn, namesStart } = scope;
  return [
    {
      sid: 'BackupVaults',
      actions: selectedActions('backup', VAULTS, select),
      resources: [arn('backup', `backup-vault:${namesStart}*`)],
    },
    {
      sid: 'BackupPlans',
      actions: selectedActions('backup', PLANS, select),
      resources: [arn('backup', 'backup-plan:*')],
      conditions: isTagged(scope),
    },
  ];
}

/** Makes the further statements of the role `deploy`. */
export function backupCreation(scope: NamedScope): Statement[] {
  return [
    {
      sid: 'CreateBackupPlans',
      actions: withService('backup', ['CreateBackupPlan']),
      resources: [scope.arn('backup', 'backup-plan:*')],
      conditions: givesTag(scope),
    },
    // CreateBackupVault needs this action, which supports no narrower resource.
    { sid: 'MountBackups', actions: ['backup-storage:MountCapsule'], resources: ['*'] },
  ];
}
