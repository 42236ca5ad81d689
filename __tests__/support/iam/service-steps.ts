/** Calls that would reach beyond the prefix with the permissions of `kmsKey`, `backup` and `canary`. IAM must deny each call. */
import type { Call } from './call';
import type { Step } from './feature-steps';
import { ACCOUNT, REGION } from './terraform-policies';

/** The key of the setting `kmsKey`. */
export const OWN_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const OTHER_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0ther`;

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const via = (service: string) => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });
const TAG = { 'aws:RequestTag/namePrefix': 'acme', 'aws:TagKeys': 'namePrefix' };
const OF_OTHER = { 'aws:ResourceTag/namePrefix': 'other' };
const OWN = { 'aws:ResourceTag/namePrefix': 'acme' };

/** Steps on keys. */
export const KEY_STEPS: readonly Step[] = [
  ['decrypts with the key outside of a service', 'kms:Decrypt', OWN_KEY],
  ['decrypts a secret with the key', 'kms:Decrypt', OWN_KEY, via('secretsmanager')],
  ['decrypts with another key through Lambda', 'kms:Decrypt', OTHER_KEY, via('lambda')],
  ['grants the use of another key', 'kms:CreateGrant', OTHER_KEY, via('dynamodb')],
  ['changes the policy of the key', 'kms:PutKeyPolicy', OWN_KEY],
  ['deletes the key', 'kms:ScheduleKeyDeletion', OWN_KEY],
  ['disables another key', 'kms:DisableKey', OTHER_KEY],
  ['creates a key without the tag', 'kms:CreateKey', '*'],
  ['gives a key another tag', 'kms:TagResource', OTHER_KEY, { 'aws:RequestTag/team': 'x', 'aws:TagKeys': 'team' }],
  ['gives another key an alias', 'kms:CreateAlias', OTHER_KEY],
  ['takes the alias of another prefix', 'kms:UpdateAlias', arn('kms', 'alias/other-orders')],
];

/** Steps on backups. */
export const BACKUP_STEPS: readonly Step[] = [
  ['deletes a backup', 'backup:DeleteRecoveryPoint', arn('backup', 'recovery-point:1'), OWN],
  [
    'deletes the vault of another prefix',
    'backup:DeleteBackupVault',
    arn('backup', 'backup-vault:other-orders-backup'),
  ],
  ['opens a vault to another account', 'backup:PutBackupVaultAccessPolicy', arn('backup', 'backup-vault:acme-orders')],
  ['copies a backup to another account', 'backup:CopyFromBackupVault', arn('backup', 'backup-vault:acme-orders')],
  ['deletes the plan of another prefix', 'backup:DeleteBackupPlan', arn('backup', 'backup-plan:1'), OF_OTHER],
  ['deletes a plan without the tag', 'backup:DeleteBackupPlan', arn('backup', 'backup-plan:1')],
  ['gives a plan the tag', 'backup:TagResource', arn('backup', 'backup-plan:1'), TAG],
  ['creates a plan without the tag', 'backup:CreateBackupPlan', arn('backup', 'backup-plan:*')],
  [
    'passes a foreign role to AWS Backup',
    'iam:PassRole',
    role('admin'),
    { 'iam:PassedToService': 'backup.amazonaws.com' },
  ],
];

/** Steps on deployments by CodeDeploy. */
export const CANARY_STEPS: readonly Step[] = [
  [
    'deploys the application of another prefix',
    'codedeploy:CreateDeployment',
    arn('codedeploy', 'deploymentgroup:other/x'),
  ],
  ['deletes the application of another prefix', 'codedeploy:DeleteApplication', arn('codedeploy', 'application:other')],
  ['creates a configuration', 'codedeploy:CreateDeploymentConfig', arn('codedeploy', 'deploymentconfig:acme-all')],
  [
    'passes a foreign role to CodeDeploy',
    'iam:PassRole',
    role('admin'),
    { 'iam:PassedToService': 'codedeploy.amazonaws.com' },
  ],
  [
    'passes the deploy role to CodeDeploy',
    'iam:PassRole',
    role('acme-cdktf-serverless-crud-deploy-us-east-1'),
    { 'iam:PassedToService': 'codedeploy.amazonaws.com' },
  ],
];

const calls = (resource: string, context: Call['context'], ...actions: readonly string[]): Call[] =>
  actions.map((action) => ({ action, resource, ...(context && { context }) }));

/** Calls that a deployment with a feature makes. IAM must allow each call to `deploy`. */
export const KEY_CALLS: readonly Call[] = [
  ...calls(OWN_KEY, undefined, 'kms:DescribeKey'),
  ...calls(OWN_KEY, via('dynamodb'), 'kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'),
  ...calls(OWN_KEY, via('lambda'), 'kms:CreateGrant', 'kms:Decrypt', 'kms:ReEncryptFrom'),
];

export const CREATED_KEY_CALLS: readonly Call[] = [
  ...calls('*', TAG, 'kms:CreateKey'),
  ...calls(arn('kms', 'key/*'), TAG, 'kms:TagResource'),
  ...calls(arn('kms', 'alias/acme-orders'), undefined, 'kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias'),
  ...calls('*', undefined, 'kms:ListAliases'),
];

export const BACKUP_CALLS: readonly Call[] = [
  ...calls(
    arn('backup', 'backup-vault:acme-orders-backup'),
    undefined,
    ...['backup:CreateBackupVault', 'backup:TagResource', 'backup:DescribeBackupVault', 'backup:DeleteBackupVault'],
  ),
  ...calls('*', undefined, 'backup-storage:MountCapsule'),
  ...calls(arn('backup', 'backup-plan:*'), TAG, 'backup:CreateBackupPlan'),
  ...calls(
    arn('backup', 'backup-plan:1'),
    OWN,
    ...['backup:GetBackupPlan', 'backup:CreateBackupSelection', 'backup:UpdateBackupPlan', 'backup:DeleteBackupPlan'],
  ),
  ...calls(role('acme-orders-backup'), { 'iam:PassedToService': 'backup.amazonaws.com' }, 'iam:PassRole'),
];

export const CANARY_CALLS: readonly Call[] = [
  ...calls(
    arn('codedeploy', 'application:acme-orders-api'),
    undefined,
    ...['codedeploy:CreateApplication', 'codedeploy:GetApplication', 'codedeploy:RegisterApplicationRevision'],
  ),
  ...calls(
    arn('codedeploy', 'deploymentgroup:acme-orders-api/acme-orders-function'),
    undefined,
    ...['codedeploy:CreateDeploymentGroup', 'codedeploy:CreateDeployment', 'codedeploy:GetDeployment'],
  ),
  ...calls(
    arn('codedeploy', 'deploymentconfig:CodeDeployDefault.LambdaCanary10Percent5Minutes'),
    undefined,
    'codedeploy:GetDeploymentConfig',
  ),
  ...calls(role('acme-orders-role-canary'), { 'iam:PassedToService': 'codedeploy.amazonaws.com' }, 'iam:PassRole'),
];
