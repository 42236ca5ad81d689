/** An S3 bucket that is private and encrypted, and accepts only TLS. */
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { Construct } from 'constructs';
import { named } from './named';
import { policyDocument, type Statement } from './policy-statement';

/** The principal `*`: statements with it apply to all callers. */
export const EVERYONE: NonNullable<Statement['principals']> = { type: '*', identifiers: ['*'] };

export interface PrivateBucketProps {
  /** Name of the bucket, unique in all of AWS. */
  readonly name: string;
  /** ARN of the KMS key that encrypts new objects; empty for S3's own key. @default '' */
  readonly kmsKey?: string;
  /** Further statements of the bucket policy, which always requires TLS. @param arn the bucket's ARN @default none */
  readonly policy?: (arn: string) => readonly Statement[];
}

export class PrivateBucket extends Construct {
  readonly resource: S3Bucket;

  constructor(
    scope: Construct,
    private readonly id: string,
    { name, kmsKey = '', policy = () => [] }: PrivateBucketProps,
  ) {
    super(scope, id);
    // Terraform refuses a plan that destroys the bucket.
    const bucket = new S3Bucket(this, 'bucket', { bucket: name, lifecycle: { preventDestroy: true } });
    this.resource = named(bucket, id);
    this.encrypt(kmsKey);
    this.restrictAccess(policy(this.arn));
  }

  get arn(): string {
    return this.resource.arn;
  }

  get name(): string {
    return this.resource.bucket;
  }

  private encrypt(kmsKey: string): void {
    const withKey = { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKey } };
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: this.name,
      rule: [
        kmsKey === ''
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : { ...withKey, bucketKeyEnabled: true },
      ],
    });
    named(encryption, this.id);
  }

  private restrictAccess(statements: readonly Statement[]): void {
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
    const document = policyDocument(this, 'policy-document', [this.tlsOnly(), ...statements]);
    const policy = new S3BucketPolicy(this, 'policy', {
      bucket: this.name,
      policy: named(document, `${this.id}_bucket`).json,
      // S3 refuses concurrent changes of a bucket's access.
      dependsOn: [named(block, this.id)],
    });
    named(ownership, this.id);
    named(policy, this.id);
  }

  private tlsOnly(): Statement {
    return {
      sid: 'TlsOnly',
      effect: 'Deny',
      principals: EVERYONE,
      actions: ['s3:*'],
      resources: [this.arn, `${this.arn}/*`],
      conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
    };
  }
}
