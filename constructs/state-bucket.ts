/** The S3 bucket that Terraform's states are kept in: versioned, encrypted, private, over TLS alone. */
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

/** Days that a version of a state is kept after a newer one came; the newest ten stay in any case. */
const OLD_VERSION_DAYS = 90;
const OLD_VERSIONS_KEPT = 10;

export interface StateBucketProps {
  /** The bucket's name, unique over all of AWS. */
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
    this.createExpiry(versioning);
    this.createPrivacy();
  }

  get arn(): string {
    return this.resource.arn;
  }

  get name(): string {
    return this.resource.bucket;
  }

  /** Terraform refuses every plan that would destroy it. */
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

  /** Every lock leaves a version and a delete marker behind; they go as old states do. */
  private createExpiry(versioning: S3BucketVersioningA): void {
    const lifecycle = new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.name,
      rule: [
        {
          id: 'old-versions',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [
            { noncurrentDays: OLD_VERSION_DAYS, newerNoncurrentVersions: OLD_VERSIONS_KEPT },
          ],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
      // Versions can expire only where there are some.
      dependsOn: [versioning],
    });
    named(lifecycle, this.id);
  }

  private createPrivacy(): void {
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
      policy: named(this.tlsOnly(), `${this.id}_bucket`).json,
      // S3 refuses two changes of a bucket's access at once.
      dependsOn: [named(block, this.id)],
    });
    named(ownership, this.id);
    named(policy, this.id);
  }

  private tlsOnly(): DataAwsIamPolicyDocument {
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
