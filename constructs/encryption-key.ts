/** A KMS key for the data of one API, with its policy and an alias. */
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Account } from './account';
import { named } from './named';
import { policyDocument, type Statement } from './policy-statement';

/** Days until AWS deletes the key of a destroyed stack: the maximum. Until then, `aws kms cancel-key-deletion` gets it back. */
const DELETION_WINDOW_DAYS = 30;

/** Actions with which the services use a key for data. */
const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** Reads of a key's settings by Terraform. */
const READS = ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'];

/** Changes of a key's settings by Terraform. `kms:CreateGrant` lets DynamoDB and Lambda use the key. */
const CHANGES = [
  ...['kms:CreateAlias', 'kms:CreateGrant', 'kms:DeleteAlias', 'kms:EnableKeyRotation', 'kms:PutKeyPolicy'],
  ...['kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription'],
];

/** The roles of the pipeline, which have no permissions for keys in their own policies. */
export interface KeyRoles {
  /** ARN of the role that reads the key and the environment variables of functions. */
  readonly plan: string;
  /** ARN of the role that changes the key, and that encrypts tables and functions with it. */
  readonly deploy: string;
}

export interface EncryptionKeyProps {
  /** Name of the alias, without `alias/`. */
  readonly alias: string;
  readonly account: Account;
  /** AWS region of the key. */
  readonly region: string;
  /** @default only principals whose policies in IAM allow it may manage the key */
  readonly roles?: KeyRoles | undefined;
}

/**
 * Creates the key. AWS rotates it each year. Its policy lets CloudWatch Logs and alarms use it; the roles of functions need permissions of
 * their own.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const policy = named(policyDocument(this, 'policy', statements(props)), id);
    const key = new KmsKey(this, 'key', {
      description: `Encrypts table, logs, variables and alarms of ${props.alias}`,
      policy: policy.json,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
    });
    this.arn = named(key, id).arn;
    named(new KmsAlias(this, 'alias', { name: `alias/${props.alias}`, targetKeyId: key.keyId }), id);
  }
}

function statements({ account, region, roles }: EncryptionKeyProps): Statement[] {
  return [
    {
      // Without it, AWS would refuse the key: nobody could change its policy.
      sid: 'Account',
      principals: { type: 'AWS', identifiers: [account.arn('iam', 'root')] },
      actions: ['kms:*'],
      resources: ['*'],
    },
    {
      // CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
      sid: 'Logs',
      principals: { type: 'Service', identifiers: [`logs.${region}.amazonaws.com`] },
      actions: USE,
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': [account.arn('logs', 'log-group:*')] } },
    },
    {
      // The policy of the topic admits only alarms of the account (Amazon SNS developer guide, "Encrypting an Amazon SNS topic").
      sid: 'Alarms',
      principals: { type: 'Service', identifiers: ['cloudwatch.amazonaws.com'] },
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    },
    ...(roles ? roleStatements(roles, account) : []),
  ];
}

/** Admits the roles by a condition, not as principals: KMS refuses a policy that names a role that does not exist. */
function roleStatements({ plan, deploy }: KeyRoles, account: Account): Statement[] {
  const admit = (sid: string, arns: readonly string[], actions: readonly string[]): Statement => ({
    sid,
    principals: { type: 'AWS', identifiers: ['*'] },
    actions,
    resources: ['*'],
    conditions: { StringEquals: { 'kms:CallerAccount': [account.id] }, ArnEquals: { 'aws:PrincipalArn': arns } },
  });
  return [
    admit('Read', [plan, deploy], READS),
    admit('Manage', [deploy], [...CHANGES, ...USE]),
    {
      ...admit('ReadVariables', [plan], ['kms:Decrypt']),
      conditions: {
        StringEquals: { 'kms:CallerAccount': [account.id] },
        ArnEquals: { 'aws:PrincipalArn': [plan] },
        StringLike: { 'kms:ViaService': ['lambda.*.amazonaws.com'] },
      },
    },
  ];
}
