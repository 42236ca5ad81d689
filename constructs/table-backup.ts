/** Backs up a table with AWS Backup: a vault, a plan, and the role with which AWS Backup reads the table. */
import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import {
  BACKUP_ACTIONS,
  BACKUP_COPY_ACTIONS,
  BACKUP_TAG_ACTIONS,
  backupKeyStatements,
  VAULT_ACTIONS,
} from './backup-permissions';
import { named } from './named';
import { MAX_NAME_CHARACTERS } from './nodejs-function';
import { policyDocument, type Statement } from './policy-statement';
import { shortName } from './short-name';
import type { Table } from './table';

/** Each night at 03:00 UTC. AWS Backup starts within the hour. */
const SCHEDULE = 'cron(0 3 * * ? *)';

/** Days until AWS Backup deletes a backup. */
const RETENTION_DAYS = 35;

/** AWS Backup's maximum for the names of vaults and plans. */
const MAX_BACKUP_NAME_CHARACTERS = 50;

export interface TableBackupProps {
  /** Name of the vault and the plan, at most 50 characters. Longer names are shortened. */
  readonly name: string;
  readonly table: Table;
  /** ARN of the customer managed key of table and vault. @default AWS Backup's key in the account */
  readonly keyArn?: string | undefined;
  /** ARN of the permissions boundary of the role; empty for none. @default '' */
  readonly permissionsBoundary?: string;
}

/** Creates the backup. Terraform cannot delete a vault with backups: they outlive the stack, until someone deletes them. */
export class TableBackup extends Construct {
  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: TableBackupProps,
  ) {
    super(scope, id);
    const { keyArn, table } = props;
    const name = shortName(props.name, MAX_BACKUP_NAME_CHARACTERS);
    // The vault keeps the key of its creation, because the provider computes a missing `kms_key_arn`.
    const vault = named(
      new BackupVault(this, 'vault', { name, ...(keyArn !== undefined && { kmsKeyArn: keyArn }) }),
      id,
    );
    const plan = new BackupPlan(this, 'plan', {
      name,
      rule: [
        {
          ruleName: 'daily',
          targetVaultName: vault.name,
          schedule: SCHEDULE,
          lifecycle: { deleteAfter: RETENTION_DAYS },
        },
      ],
    });
    const { role, policy } = this.createRole(vault);
    const selection = new BackupSelection(this, 'selection', {
      name,
      planId: named(plan, id).id,
      iamRoleArn: role.arn,
      resources: [table.resource.arn],
      // The first backup needs the permissions.
      dependsOn: [policy],
    });
    named(selection, id);
  }

  /** Uses an inline policy: the pipeline may not attach managed policies, with which a role could get any permission. */
  private createRole(vault: BackupVault) {
    const { permissionsBoundary } = this.props;
    const name = shortName(this.props.name, MAX_NAME_CHARACTERS);
    const trust = policyDocument(this, 'trust', [
      { actions: ['sts:AssumeRole'], principals: { type: 'Service', identifiers: ['backup.amazonaws.com'] } },
    ]);
    const role = new IamRole(this, 'role', {
      name,
      assumeRolePolicy: named(trust, `${this.id}_trust`).json,
      ...(permissionsBoundary && { permissionsBoundary }),
    });
    const document = named(policyDocument(this, 'permissions', this.statements(vault)), `${this.id}_permissions`);
    const policy = new IamRolePolicy(this, 'policy', { name, role: named(role, this.id).name, policy: document.json });
    return { role, policy: named(policy, this.id) };
  }

  private statements(vault: BackupVault): Statement[] {
    const { table, keyArn } = this.props;
    const { arn } = table.resource;
    return [
      { actions: BACKUP_ACTIONS, resources: [arn] },
      { actions: BACKUP_COPY_ACTIONS, resources: [`${arn}/backup/*`] },
      { actions: VAULT_ACTIONS, resources: [vault.arn] },
      { actions: BACKUP_TAG_ACTIONS, resources: ['arn:*:backup:*:*:recovery-point:*'] },
      ...(keyArn === undefined ? [] : backupKeyStatements([keyArn])),
    ];
  }
}
