/** The S3 bucket for Terraform states. It is versioned, encrypted and private, and accepts only TLS. */
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { named } from './named';

/** Days until S3 deletes a version of a state that a newer version replaced. */
const OLD_VERSION_DAYS = 90;

/** Number of old versions that S3 never deletes, whatever their age. */
const MIN_OLD_VERSIONS = 10;

export interface StateBucketProps {
  /** Name of the bucket, unique in all of AWS. */
  readonly name: string;
}

export class StateBucket extends Construct {
  readonly resource: S3Bucket;

  constructor(
    scope: Construct,
    private readonly id: string,
    props: StateBucketProps,
  ) {
    super(scope, id);
    this.resource = this.createBucket(props.name);
    const versioning = this.createVersioning();
    this.createEncryption();
    this.createLifecycle(versioning);
    this.restrictAccess();
  }

  get arn(): string {
    return this.resource.arn;
  }

  get name(): string {
    return this.resource.bucket;
  }

  /** Creates the bucket. Terraform refuses a plan that destroys it. */
  private createBucket(bucket: string): S3Bucket {
    return named(new S3Bucket(this, 'bucket', { bucket, lifecycle: { preventDestroy: true } }), this.id);
  }

  private createVersioning(): S3BucketVersioningA {
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket: this.name,
      versioningConfiguration: { status: 'Enabled' },
    });
    return named(versioning, this.id);
  }

  private createEncryption(): void {
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: this.name,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    named(encryption, this.id);
  }

  /** Deletes old versions and delete markers. Each state lock leaves a version and a delete marker. */
  private createLifecycle(versioning: S3BucketVersioningA): void {
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

  private restrictAccess(): void {
    const block = new S3BucketPublicAccessBlock(this, 'public-access-block', {
      bucket: this.name,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const ownership = new S3BucketOwnershipControls(this, 'ownership', {
      bucket: this.name,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    const policy = new S3BucketPolicy(this, 'policy', {
      bucket: this.name,
      policy: named(this.tlsOnlyPolicy(), `${this.id}_bucket`).json,
      // S3 refuses concurrent changes of a bucket's access.
      dependsOn: [named(block, this.id)],
    });
    named(ownership, this.id);
    named(policy, this.id);
  }

  private tlsOnlyPolicy(): DataAwsIamPolicyDocument {
    return new DataAwsIamPolicyDocument(this, 'tls-only', {
      statement: [
        {
          sid: 'TlsOnly',
          effect: 'Deny',
          principals: [{ type: '*', identifiers: ['*'] }],
          actions: ['s3:*'],
          resources: [this.arn, `${this.arn}/*`],
          condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
      ],
    });
  }
}
