/** Attributes that DynamoDB, S3 and other stores generate. */
import { createHash } from 'node:crypto';
import type { ValueGenerator } from '../provider/value-generator';
import type { Compute, Values } from '../provider/provider';
import { generatedName, text } from '../provider/text';

const STREAM_TIME = '2026-01-01T00:00:00.000';

/** The hosted zone of S3 websites in us-east-1. */
const WEBSITE_ZONE = 'Z3AQBSTGFYJSTF';

export const STORAGE_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_dynamodb_table: ({ name, stream_enabled: streams }, generator) => {
    const arn = generator.arn('dynamodb', `table/${String(name)}`);
    return {
      ...{ id: name, arn, stream_arn: streams === true ? `${arn}/stream/${STREAM_TIME}` : '' },
      ...{ stream_label: streams === true ? STREAM_TIME : '', point_in_time_recovery: [{ enabled: false }] },
    };
  },
  aws_dynamodb_table_item: ({ table_name: table, hash_key: key, range_key: range }) => ({
    id: [table, key, range].filter(Boolean).join('|'),
  }),

  aws_s3_bucket: (values, generator) => {
    const bucket = generatedName(values, generator, 'bucket');
    return {
      ...{
        id: bucket,
        bucket,
        arn: bucketArn(bucket, generator),
        region: generator.region,
        hosted_zone_id: WEBSITE_ZONE,
      },
      bucket_domain_name: `${bucket}.s3.${generator.domain}`,
      bucket_regional_domain_name: `${bucket}.s3.${generator.region}.${generator.domain}`,
      ...{ request_payer: 'BucketOwner', acceleration_status: '', policy: '' },
    };
  },
  aws_s3_object: s3Object,
  aws_s3_bucket_object: s3Object,
  aws_s3_bucket_website_configuration: ({ bucket }, generator) => ({
    ...{ id: bucket, website_domain: `s3-website-${generator.region}.${generator.domain}` },
    website_endpoint: `${String(bucket)}.s3-website-${generator.region}.${generator.domain}`,
  }),
  ...Object.fromEntries(
    [
      ...['versioning', 'server_side_encryption_configuration', 'public_access_block', 'ownership_controls', 'policy'],
      ...[
        'lifecycle_configuration',
        'cors_configuration',
        'notification',
        'logging',
        'acl',
        'accelerate_configuration',
      ],
    ].map((kind) => [`aws_s3_bucket_${kind}`, ({ bucket }: Values) => ({ id: bucket })]),
  ),

  aws_ecr_repository: ({ name }, generator) => ({
    ...{ id: name, arn: generator.arn('ecr', `repository/${String(name)}`), registry_id: generator.account },
    repository_url: `${generator.account}.dkr.ecr.${generator.region}.${generator.domain}/${String(name)}`,
  }),
  aws_kinesis_stream: ({ name }, generator) => {
    const arn = generator.arn('kinesis', `stream/${String(name)}`);
    return { id: arn, arn };
  },
  aws_kinesis_firehose_delivery_stream: ({ name }, generator) => {
    const arn = generator.arn('firehose', `deliverystream/${String(name)}`);
    return { id: arn, arn, destination_id: 'destinationId-000000000001', version_id: '1' };
  },
};

function bucketArn(bucket: unknown, generator: ValueGenerator): string {
  return `arn:${generator.partition}:s3:::${String(bucket)}`;
}

function s3Object({ bucket, key, etag, content }: Values, generator: ValueGenerator): Values {
  return {
    ...{ id: key, arn: `${bucketArn(bucket, generator)}/${String(key)}`, version_id: 'null' },
    ...{
      etag: etag ?? createHash('md5').update(text(content)).digest('hex'),
      storage_class: 'STANDARD',
    },
    ...{ content_type: 'application/octet-stream', server_side_encryption: 'AES256' },
  };
}
