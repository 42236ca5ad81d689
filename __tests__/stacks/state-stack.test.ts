import { STATE_STACK_KEY } from '../../scripts/bootstrap/bucket';
import { addresses, synth, synthState } from '../support/synth';

const BUCKET = { stateBucket: 'acme-terraform-state' };
const REPOSITORY = { ...BUCKET, githubRepository: 'acme/crud' };

describe('where a stack keeps its state', () => {
  test('in the bucket, encrypted and locked, with a key of its environment and stack', () => {
    const { terraform, variable } = synth('items', { ...BUCKET, region: 'eu-west-1' });
    expect(terraform.backend).toEqual({
      s3: {
        bucket: 'acme-terraform-state',
        region: 'eu-west-1',
        key: 'cdktf-serverless-crud/default/items/terraform.tfstate',
        encrypt: true,
        use_lockfile: true,
      },
    });
    expect(variable).toBeUndefined();
  });

  test('what gives resources other names gives the state another key', () => {
    const key = (settings: object) =>
      synth('products', { ...BUCKET, ...settings }).terraform.backend['s3'].key as string;
    expect(key({ environment: 'staging' })).toBe('cdktf-serverless-crud/staging/products/terraform.tfstate');
    expect(key({ namePrefix: 'acme' })).toBe('acme/default/products/terraform.tfstate');
    expect(key({ namePrefix: 'acme', environment: 'staging' })).toBe('acme/staging/products/terraform.tfstate');
  });

  test('without a bucket in a file, which Terraform refuses where CI is set', () => {
    expect(synth('items').terraform.backend).toHaveProperty('local');
    expect(synth('items').variable).toBeUndefined();
    const { validation, default: value } = synth('items', { remoteStateRequired: true }).variable?.['state_bucket'];
    expect(value).toBe('');
    expect(validation).toEqual([
      { condition: '${var.state_bucket != ""}', error_message: expect.stringContaining('STATE_BUCKET') as unknown },
    ]);
  });
});

describe('what synth says of a state in a file', () => {
  const said = (settings: object) => synth('items', settings).annotations.map(({ level, message }) => [level, message]);

  test('where it is, and how it gets into a bucket', () => {
    expect(said({})).toEqual([
      ['@cdktf/info', expect.stringMatching(/^The state is the local file terraform\.items\.tfstate: .* stateBucket /)],
    ]);
  });

  test('a warning where CI is set, that Terraform will refuse', () => {
    expect(said({ remoteStateRequired: true })).toEqual([
      [
        '@cdktf/warn',
        expect.stringMatching(/^Terraform will refuse .* CI is set, .* terraform\.items\.tfstate, .* stateBucket /),
      ],
    ]);
  });

  test('nothing with a bucket', () => {
    expect(said({ ...BUCKET, remoteStateRequired: true })).toEqual([]);
  });
});

describe('the bucket', () => {
  const stack = synthState(BUCKET);

  test('alone without a repository', () => {
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

  test('is versioned, encrypted, private, over TLS alone, and may not be destroyed', () => {
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
    const [statement] = data['aws_iam_policy_document']?.['state_bucket'].statement as [object];
    expect(statement).toMatchObject({
      effect: 'Deny',
      actions: ['s3:*'],
      condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
    });
  });

  test('old versions expire', () => {
    const [rule] = stack.resource['aws_s3_bucket_lifecycle_configuration']?.['state'].rule as [object];
    expect(rule).toMatchObject({ status: 'Enabled', noncurrent_version_expiration: [{ noncurrent_days: 90 }] });
  });

  test('its own state has a key that no environment can have', () => {
    expect(stack.terraform.backend['s3'].key).toBe(STATE_STACK_KEY);
    expect(synthState({ ...BUCKET, environment: 'staging', namePrefix: 'acme' }).terraform.backend['s3'].key).toBe(
      STATE_STACK_KEY,
    );
  });
});

interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: readonly { readonly variable: string; readonly values: readonly string[] }[];
}

describe('the roles of a GitHub repository', () => {
  const stack = synthState(REPOSITORY);
  const statements = (name: string, of = stack) =>
    of.data['aws_iam_policy_document']?.[name].statement as readonly Statement[];
  const subjects = (name: string, of = stack) =>
    statements(name, of)[0]?.condition?.find(({ variable }) => variable.endsWith(':sub'))?.values;

  test('plan is for pull requests and the main branch, deploy for the protected environment alone', () => {
    expect(subjects('plan_trust')).toEqual(['repo:acme/crud:pull_request', 'repo:acme/crud:ref:refs/heads/main']);
    expect(subjects('deploy_trust')).toEqual(['repo:acme/crud:environment:production']);
    const staging = synthState({ ...REPOSITORY, githubEnvironment: 'live' });
    expect(subjects('deploy_trust', staging)).toContain('repo:acme/crud:environment:live');
  });

  test('no subject has a wildcard, and every token is for AWS', () => {
    for (const role of ['plan_trust', 'deploy_trust']) {
      const conditions = statements(role)[0]?.condition ?? [];
      for (const condition of conditions) expect(condition).toMatchObject({ test: 'StringEquals' });
      expect(conditions.find(({ variable }) => variable.endsWith(':aud'))?.values).toEqual(['sts.amazonaws.com']);
      expect(JSON.stringify(conditions)).not.toContain('*');
    }
  });

  test('plan reads and writes nothing', () => {
    const actions = statements('plan_permissions').flatMap((statement) => statement.actions);
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe|GET$)/);
  });

  test('names are those of the stacks, in every environment, and no others', () => {
    const tables = statements('deploy_permissions').find(({ sid }) => sid === 'Tables')?.resources ?? [];
    expect(tables.map((arn) => arn.replace(/^.*:table\//, ''))).toEqual([
      'http-crud-tutorial',
      'http-crud-tutorial-*',
      'lambda-apigateway',
      'lambda-apigateway-*',
      'product',
      'product-*',
    ]);
    const other = synthState({ ...REPOSITORY, environment: 'staging', namePrefix: 'acme', functionPerRoute: true });
    const functions = statements('deploy_permissions', other).find(({ sid }) => sid === 'Functions')?.resources ?? [];
    expect(functions.map((arn) => arn.replace(/^.*:function:/, ''))).toEqual([
      'acme-http-crud-tutorial',
      'acme-http-crud-tutorial-*',
      'acme-LambdaFunctionOverHttps',
      'acme-LambdaFunctionOverHttps-*',
      'acme-productFunction',
      'acme-productFunction-*',
    ]);
  });

  test('roles are passed to Lambda alone, and a state of the roles themselves is out of reach', () => {
    const pass = statements('deploy_permissions').find(({ actions }) => actions.includes('iam:PassRole'));
    expect(pass?.condition).toMatchObject([{ variable: 'iam:PassedToService', values: ['lambda.amazonaws.com'] }]);
    const states = statements('deploy_permissions').filter(({ actions }) => actions.includes('s3:PutObject'));
    for (const { resources } of states) {
      for (const resource of resources)
        expect(resource).toMatch(
          /\/cdktf-serverless-crud\/\*\/(items|manager|products)\/terraform\.tfstate(\.tflock)?$/,
        );
    }
  });

  test('an inline policy has the length that IAM allows', () => {
    // IAM counts 10,240 characters of a role's inline policies, without white space.
    const filled = JSON.stringify(statements('deploy_permissions'))
      .replaceAll('${data.aws_partition.current.partition}', 'aws')
      .replaceAll('${data.aws_caller_identity.current.account_id}', '111122223333')
      .replaceAll('${aws_s3_bucket.state.arn}', `arn:aws:s3:::${'b'.repeat(63)}`);
    expect(filled.length).toBeLessThan(10_240);
  });

  test('a provider that is there already is used', () => {
    const existing = synthState({ ...REPOSITORY, githubOidcProvider: 'existing' });
    expect(addresses(existing)).not.toContain('aws_iam_openid_connect_provider.github');
    expect(JSON.stringify(statements('plan_trust', existing))).toContain(
      ':oidc-provider/token.actions.githubusercontent.com',
    );
  });
});
