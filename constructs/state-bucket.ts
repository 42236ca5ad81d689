/** The S3 bucket for Terraform states: private, encrypted and versioned. */
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import type { Account } from './account';
import { named } from './named';
import type { Statement } from './policy-statement';
import { EVERYONE, PrivateBucket } from './private-bucket';
import { shortName } from './short-name';

/** Days until S3 deletes a version of a state that a newer version replaced. */
const OLD_VERSION_DAYS = 90;

/** Number of old versions that S3 never deletes, whatever their age. */
const MIN_OLD_VERSIONS = 10;

/** Days until S3 deletes an object of the access log. */
const ACCESS_LOG_DAYS = 365;

/** The service that writes the access log. */
const LOG_DELIVERY = 'logging.s3.amazonaws.com';

/** S3's maximum for the name of a bucket. */
const MAX_BUCKET_NAME_CHARACTERS = 63;

/** Actions that the guard does not deny: with them, an administrator who is not in the list can repair the bucket policy. */
const RECOVERY_ACTIONS = ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'];

/** Who may use the bucket. */
export interface BucketGuard {
  readonly account: Account;
  /** ARNs of the IAM users and roles that may use the bucket, with wildcards. The account's root user may always use it. */
  readonly principals: readonly string[];
}

export interface StateBucketProps {
  /** Name of the bucket, unique in all of AWS. */
  readonly name: string;
  /** ARN of the KMS key that encrypts the states; empty for S3's own key. @default '' */
  readonly kmsKey?: string;
  /** Admits only these principals, and logs every access to a second bucket. @default everyone with permissions in IAM; no log */
  readonly guard?: BucketGuard | undefined;
}

export class StateBucket extends Construct {
  private readonly bucket: PrivateBucket;
  /** ARNs of the bucket and, with a guard, of the bucket for the access log. */
  readonly bucketArns: readonly string[];

  constructor(
    scope: Construct,
    private readonly id: string,
    { name, kmsKey, guard }: StateBucketProps,
  ) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, id, {
      name,
      ...(kmsKey !== undefined && { kmsKey }),
      ...(guard && { policy: (arn) => [denyExceptFor(guard, arn)] }),
    });
    this.deleteOldVersions(this.createVersioning());
    this.bucketArns = [this.arn, ...(guard ? [this.logAccess(name, guard).arn] : [])];
  }

  get arn(): string {
    return this.bucket.arn;
  }

  get name(): string {
    return this.bucket.name;
  }

  private createVersioning(): S3BucketVersioningA {
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket: this.name,
      versioningConfiguration: { status: 'Enabled' },
    });
    return named(versioning, this.id);
  }

  /** Deletes old versions and delete markers. Each state lock leaves a version and a delete marker. */
  private deleteOldVersions(versioning: S3BucketVersioningA): void {
    const lifecycle = new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.name,
      rule: [
        {
          id: 'old-versions',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [
            { noncurrentDays: OLD_VERSION_DAYS, newerNoncurrentVersions: MIN_OLD_VERSIONS },
          ],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
      // AWS requires versioning before a rule for old versions.
      dependsOn: [versioning],
    });
    named(lifecycle, this.id);
  }

  /**
   * Creates the bucket for the access log, with the same guard: only the listed principals can delete lines of the log. S3 writes a
   * line for each request, usually within a few hours.
   */
  private logAccess(name: string, guard: BucketGuard): PrivateBucket {
    const id = `${this.id}_logs`;
    const bucket = new PrivateBucket(this, id, {
      name: shortName(`${name}-logs`, MAX_BUCKET_NAME_CHARACTERS),
      policy: (arn) => [denyExceptFor(guard, arn, LOG_DELIVERY), letS3WriteLog(arn, this.arn, guard.account)],
    });
    const rule = {
      id: 'old-lines',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      expiration: [{ days: ACCESS_LOG_DAYS }],
    };
    named(new S3BucketLifecycleConfiguration(this, `${id} lifecycle`, { bucket: bucket.name, rule: [rule] }), id);
    const logging = new S3BucketLoggingA(this, 'logging', {
      bucket: this.name,
      targetBucket: bucket.name,
      targetPrefix: 'access/',
    });
    named(logging, this.id);
    return bucket;
  }
}

/**
 * Denies all actions except the recovery actions to everyone except the listed principals, the root user and `service`. IAM policies
 * cannot allow these actions again. For a role, `aws:PrincipalArn` is the role, not its session.
 * @param service an AWS service that may use the bucket; its requests have `aws:PrincipalServiceName`, and no `aws:PrincipalArn`
 */
function denyExceptFor({ principals, account }: BucketGuard, arn: string, service?: string): Statement {
  return {
    sid: 'OnlyPipelineAndAdministrators',
    effect: 'Deny',
    principals: EVERYONE,
    notActions: RECOVERY_ACTIONS,
    resources: [arn, `${arn}/*`],
    conditions: {
      ArnNotLike: { 'aws:PrincipalArn': [account.arn('iam', 'root'), ...principals] },
      ...(service !== undefined && { StringNotEquals: { 'aws:PrincipalServiceName': [service] } }),
    },
  };
}

/** Lets S3 deliver the log of one bucket (Amazon S3 user guide, "Permissions for log delivery"). */
function letS3WriteLog(logArn: string, sourceArn: string, account: Account): Statement {
  return {
    sid: 'AccessLog',
    principals: { type: 'Service', identifiers: [LOG_DELIVERY] },
    actions: ['s3:PutObject'],
    resources: [`${logArn}/*`],
    conditions: {
      ArnLike: { 'aws:SourceArn': [sourceArn] },
      StringEquals: { 'aws:SourceAccount': [account.id] },
    },
  };
}
