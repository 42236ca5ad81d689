/** Calls of S3, with the bucket in the path. */
import type { Call } from '../../../support/iam/call';
import type { AwsRequest } from './request';

const OBJECT_ACTIONS: Readonly<Record<string, string>> = { PUT: 'PutObject', DELETE: 'DeleteObject' };

/** Names of a bucket's configuration in actions, by query parameter: GET `?acl` is `s3:GetBucketAcl`. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration',
  acl: 'BucketAcl',
  cors: 'BucketCORS',
  encryption: 'EncryptionConfiguration',
  lifecycle: 'LifecycleConfiguration',
  logging: 'BucketLogging',
  'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  publicAccessBlock: 'BucketPublicAccessBlock',
  replication: 'ReplicationConfiguration',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

export function s3Calls({ method, path, query }: AwsRequest): Call[] {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  const resource = `arn:aws:s3:::${bucket}`;
  if (key !== '') return [{ action: `s3:${OBJECT_ACTIONS[method] ?? 'GetObject'}`, resource: `${resource}/${key}` }];
  const configuration = Object.keys(CONFIGURATIONS).find((name) => query.has(name));
  if (configuration !== undefined) {
    const verb = { GET: 'Get', PUT: 'Put' }[method] ?? 'Delete';
    return [{ action: `s3:${verb}${CONFIGURATIONS[configuration]}`, resource }];
  }
  if (method === 'PUT' || method === 'DELETE')
    return [{ action: `s3:${method === 'PUT' ? 'Create' : 'Delete'}Bucket`, resource }];
  const prefix = query.get('prefix');
  return [{ action: 's3:ListBucket', resource, context: prefix === null ? {} : { 's3:prefix': prefix } }];
}
