import { STATE_STACK_KEY } from '../../stacks/names';
import { notes, orders } from '../support/contracts';
import { addresses, synth, synthState } from '../support/synth';

const BUCKET = { stateBucket: 'acme-terraform-state' };
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('the state of a stack', () => {
  test('is in the bucket, encrypted and locked; the key has the environment and the stack', () => {
    const { terraform, variable } = synth(orders, { ...BUCKET, region: 'eu-west-1' });
    expect(terraform.backend).toEqual({
      s3: {
        bucket: 'acme-terraform-state',
        region: 'eu-west-1',
        key: 'cdktf-serverless-crud/default/orders/terraform.tfstate',
        encrypt: true,
        use_lockfile: true,
      },
    });
    expect(variable).toBeUndefined();
  });

  test('is encrypted with the KMS key of the setting stateKmsKey', () => {
    const settings = { ...BUCKET, stateKmsKey: KEY };
    expect(synth(orders, settings).terraform.backend['s3']).toMatchObject({ encrypt: true, kms_key_id: KEY });
    expect(synthState(settings).terraform.backend['s3']).toMatchObject({ encrypt: true, kms_key_id: KEY });
  });

  test('has another key when a setting changes the names of resources', () => {
    const key = (settings: object) => synth(notes, { ...BUCKET, ...settings }).terraform.backend['s3'].key as string;
    expect(key({ environment: 'staging' })).toBe('cdktf-serverless-crud/staging/notes/terraform.tfstate');
    expect(key({ namePrefix: 'acme' })).toBe('acme/default/notes/terraform.tfstate');
    expect(key({ namePrefix: 'acme', environment: 'staging' })).toBe('acme/staging/notes/terraform.tfstate');
  });

  test('is a local file without a bucket; Terraform refuses the file when CI is set', () => {
    expect(synth(orders).terraform.backend).toHaveProperty('local');
    expect(synth(orders).variable).toBeUndefined();
    const { validation, default: value } = synth(orders, { remoteStateRequired: true }).variable?.['state_bucket'];
    expect(value).toBe('');
    expect(validation).toEqual([
      { condition: '${var.state_bucket != ""}', error_message: expect.stringContaining('STATE_BUCKET') as unknown },
    ]);
  });
});

describe('the message of synth about a local state', () => {
  const annotations = (settings: object) =>
    synth(orders, settings).annotations.map(({ level, message }) => [level, message]);

  test('names the file and the setting for a bucket', () => {
    expect(annotations({})).toEqual([
      [
        '@cdktf/info',
        expect.stringMatching(/^The state is the local file terraform\.orders\.tfstate\. .* stateBucket /),
      ],
    ]);
  });

  test('warns that Terraform will refuse when CI is set', () => {
    expect(annotations({ remoteStateRequired: true })).toEqual([
      [
        '@cdktf/warn',
        expect.stringMatching(/^Terraform will refuse .* CI is set, .* terraform\.orders\.tfstate, .* stateBucket /),
      ],
    ]);
  });

  test('is absent with a bucket', () => {
    expect(annotations({ ...BUCKET, remoteStateRequired: true })).toEqual([]);
  });
});

describe('the state bucket', () => {
  const stack = synthState(BUCKET);

  test('is alone in the stack when neither a repository nor an administrator is set', () => {
    expect(addresses(stack)).toEqual([
      'aws_s3_bucket.state',
      'aws_s3_bucket_lifecycle_configuration.state',
      'aws_s3_bucket_ownership_controls.state',
      'aws_s3_bucket_policy.state',
      'aws_s3_bucket_public_access_block.state',
      'aws_s3_bucket_server_side_encryption_configuration.state',
      'aws_s3_bucket_versioning.state',
    ]);
  });

  test('is versioned, encrypted and private, accepts only TLS, and cannot be destroyed', () => {
    const { resource, data } = stack;
    expect(resource['aws_s3_bucket']?.['state']).toMatchObject({
      bucket: 'acme-terraform-state',
      lifecycle: { prevent_destroy: true },
    });
    expect(resource['aws_s3_bucket_versioning']?.['state'].versioning_configuration.status).toBe('Enabled');
    expect(JSON.stringify(resource['aws_s3_bucket_server_side_encryption_configuration'])).toContain('AES256');
    expect(resource['aws_s3_bucket_public_access_block']?.['state']).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    const [statement, ...others] = data['aws_iam_policy_document']?.['state_bucket'].statement as [object];
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      effect: 'Deny',
      actions: ['s3:*'],
      condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
    });
  });

  test('deletes old versions after 90 days', () => {
    const [rule] = stack.resource['aws_s3_bucket_lifecycle_configuration']?.['state'].rule as [object];
    expect(rule).toMatchObject({ status: 'Enabled', noncurrent_version_expiration: [{ noncurrent_days: 90 }] });
  });

  test('the state of the stack `state` has the same key for all prefixes and environments', () => {
    expect(stack.terraform.backend['s3'].key).toBe(STATE_STACK_KEY);
    expect(synthState({ ...BUCKET, environment: 'staging', namePrefix: 'acme' }).terraform.backend['s3'].key).toBe(
      STATE_STACK_KEY,
    );
  });

  test('encrypts with the KMS key of the setting stateKmsKey', () => {
    const { resource } = synthState({ ...BUCKET, stateKmsKey: KEY });
    expect(resource['aws_s3_bucket_server_side_encryption_configuration']?.['state'].rule).toEqual([
      {
        apply_server_side_encryption_by_default: { kms_master_key_id: KEY, sse_algorithm: 'aws:kms' },
        bucket_key_enabled: true,
      },
    ]);
  });
});

describe('the state bucket with administrators', () => {
  const ADMIN = 'arn:aws:iam::111122223333:role/admin';
  const stack = synthState({ ...BUCKET, stateAdministrators: [ADMIN] });
  const policy = (name: string) => stack.data['aws_iam_policy_document']?.[name].statement as readonly object[];

  test('denies all other principals everything except the bucket policy, so an administrator of IAM can repair it', () => {
    expect(policy('state_bucket')).toHaveLength(2);
    expect(policy('state_bucket')[1]).toMatchObject({
      effect: 'Deny',
      principals: [{ type: '*', identifiers: ['*'] }],
      not_actions: ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'],
      resources: ['${aws_s3_bucket.state.arn}', '${aws_s3_bucket.state.arn}/*'],
      condition: [
        {
          test: 'ArnNotLike',
          variable: 'aws:PrincipalArn',
          values: [expect.stringMatching(/:root$/) as string, ADMIN],
        },
      ],
    });
  });

  test('logs each access to a private bucket, in which S3 alone may write for this bucket', () => {
    const { resource } = stack;
    expect(resource['aws_s3_bucket_logging']?.['state']).toMatchObject({
      bucket: '${aws_s3_bucket.state.bucket}',
      target_bucket: '${aws_s3_bucket.state_logs.bucket}',
    });
    expect(resource['aws_s3_bucket']?.['state_logs'].bucket).toBe('acme-terraform-state-logs');
    expect(resource['aws_s3_bucket_public_access_block']?.['state_logs'].restrict_public_buckets).toBe(true);
    expect(resource['aws_s3_bucket_lifecycle_configuration']?.['state_logs'].rule[0].expiration).toEqual([
      { days: 365 },
    ]);
    expect(policy('state_logs_bucket')[2]).toMatchObject({
      principals: [{ type: 'Service', identifiers: ['logging.s3.amazonaws.com'] }],
      actions: ['s3:PutObject'],
      condition: [
        { test: 'ArnLike', variable: 'aws:SourceArn', values: ['${aws_s3_bucket.state.arn}'] },
        { test: 'StringEquals', variable: 'aws:SourceAccount' },
      ],
    });
  });

  test('the name of the bucket for the log has at most 63 characters', () => {
    const { resource } = synthState({ stateBucket: 'b'.repeat(63), stateAdministrators: [ADMIN] });
    expect(resource['aws_s3_bucket']?.['state_logs'].bucket).toMatch(/^b{54}-[0-9a-f]{8}$/);
  });

  test('no roles exist without a repository', () => {
    expect(addresses(stack)).not.toContain('aws_iam_role.deploy');
  });
});
