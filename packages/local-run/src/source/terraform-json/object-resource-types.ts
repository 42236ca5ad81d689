/** The resource types of S3 that can contain the code of functions. The local run has no S3. */
import { createHash } from 'node:crypto';
import { inert, simulated } from './attribute-rules';
import { type ResourceType, type ResourceTypes } from './simulated-type';

const OBJECT: ResourceType = {
  attributes: {
    ...simulated('bucket', 'key', 'source', 'content', 'content_base64'),
    ...inert('acl', 'bucket_key_enabled', 'cache_control', 'checksum_algorithm', 'content_disposition', 'etag'),
    ...inert('content_encoding', 'content_language', 'content_type', 'force_destroy', 'kms_key_id', 'metadata'),
    ...inert('object_lock_legal_hold_status', 'object_lock_mode', 'object_lock_retain_until_date', 'override_provider'),
    ...inert('server_side_encryption', 'source_hash', 'storage_class', 'website_redirect'),
  },
  computed: ({ bucket, key }) => {
    const digest = createHash('sha256')
      .update(`${String(bucket)}/${String(key)}`)
      .digest('hex');
    const arn = `arn:aws:s3:::${String(bucket)}/${String(key)}`;
    return { id: key, arn, etag: digest.slice(0, 32), version_id: digest.slice(32) };
  },
};

export const OBJECT_RESOURCE_TYPES: ResourceTypes = {
  aws_s3_bucket: {
    attributes: {
      ...simulated('bucket'),
      ...inert('acceleration_status', 'acl', 'bucket_prefix', 'cors_rule', 'force_destroy', 'grant', 'lifecycle_rule'),
      ...inert('logging', 'object_lock_configuration', 'object_lock_enabled', 'policy', 'replication_configuration'),
      ...inert('request_payer', 'server_side_encryption_configuration', 'versioning', 'website'),
    },
    computed: ({ bucket = '' }, { id, region }) => {
      const name = bucket === '' ? `terraform-${id}` : String(bucket);
      return {
        id: name,
        bucket: name,
        arn: `arn:aws:s3:::${name}`,
        bucket_domain_name: `${name}.s3.amazonaws.com`,
        bucket_regional_domain_name: `${name}.s3.${region}.amazonaws.com`,
        region,
      };
    },
  },
  aws_s3_object: OBJECT,
  aws_s3_bucket_object: OBJECT,
};
