/** Makes the statements of the pipeline's roles for the setting `kmsKey`. */
import type { Statement } from '../constructs/policy-statement';
import { equals, givesTag, type NamedScope, withService } from './pipeline-actions';

export interface KeyScope extends NamedScope {
  readonly region: string;
  /** `AWS`, `AWS_OWNED`, `CREATE`, or the ARN of a key. With the first two, the roles get no statements. */
  readonly kmsKey: string;
  /** Whether AWS Backup encrypts with the key too. */
  readonly backup: boolean;
}

/** Actions with which a service encrypts and decrypts for the caller (KMS developer guide, "AWS KMS permissions"). */
const USES = ['CreateGrant', 'Decrypt', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'];

/** Makes the statements of the role `plan`. */
export function keyReads(scope: KeyScope): Statement[] {
  const { kmsKey, region } = scope;
  if (kmsKey === 'AWS' || kmsKey === 'AWS_OWNED') return [];
  if (kmsKey === 'CREATE') return [findAliases()];
  return [
    describeKey(kmsKey),
    {
      // Without this permission, GetFunction returns no environment variables, and every plan would add them.
      sid: 'ReadVariables',
      actions: ['kms:Decrypt'],
      resources: [kmsKey],
      conditions: equals('kms:ViaService', `lambda.${region}.amazonaws.com`),
    },
  ];
}

/** Makes the statements of the role `deploy`. */
export function keyWrites(scope: KeyScope): Statement[] {
  const { kmsKey, arn, namesStart } = scope;
  if (kmsKey === 'AWS' || kmsKey === 'AWS_OWNED') return [];
  if (kmsKey === 'CREATE') {
    // The policy of a created key admits the roles. These are the actions that a key policy cannot allow.
    return [
      findAliases(),
      { sid: 'CreateKeys', actions: ['kms:CreateKey'], resources: ['*'], conditions: givesTag(scope) },
      {
        // CreateKey with tags needs TagResource. So the roles must never trust a tag of a key: `deploy` can give it to any key.
        sid: 'TagKeys',
        actions: ['kms:TagResource'],
        resources: [arn('kms', 'key/*')],
        conditions: givesTag(scope),
      },
      {
        // KMS also checks these actions on the key, so an alias of a foreign key is denied.
        sid: 'KeyAliases',
        actions: withService('kms', ['CreateAlias', 'DeleteAlias', 'UpdateAlias']),
        resources: [arn('kms', `alias/${namesStart}*`)],
      },
    ];
  }
  return [describeKey(kmsKey), useKey(scope)];
}

function useKey({ kmsKey, region, backup }: KeyScope): Statement {
  const services = ['dynamodb', 'lambda', ...(backup ? ['backup'] : [])];
  return {
    sid: 'UseKey',
    actions: withService('kms', [...USES, ...(backup ? ['RetireGrant'] : [])]),
    resources: [kmsKey],
    conditions: equals('kms:ViaService', ...services.map((service) => `${service}.${region}.amazonaws.com`)),
  };
}

function describeKey(key: string): Statement {
  return { sid: 'DescribeKmsKey', actions: ['kms:DescribeKey'], resources: [key] };
}

/** ListAliases supports no narrower resource. */
function findAliases(): Statement {
  return { sid: 'FindAliases', actions: ['kms:ListAliases'], resources: ['*'] };
}
