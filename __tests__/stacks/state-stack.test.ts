import { STATE_STACK_KEY } from '../../scripts/bootstrap/bucket';
import { notes, orders } from '../support/contracts';
import { addresses, synth, synthState } from '../support/synth';

const BUCKET = { stateBucket: 'acme-terraform-state' };
const REPOSITORY = { ...BUCKET, githubRepository: 'acme/crud' };

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

  test('is alone in the stack when no repository is set', () => {
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
    const [statement] = data['aws_iam_policy_document']?.['state_bucket'].statement as [object];
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
});

interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: readonly { readonly variable: string; readonly values: readonly string[] }[];
}

/** Counts the characters of a policy, without white space, in an account with the longest values. */
function charactersOf(policy: readonly Statement[]): number {
  const iam = policy.map(({ sid, actions, resources, condition }) => ({
    ...{ Sid: sid, Effect: 'Allow', Action: actions, Resource: resources },
    ...(condition && { Condition: Object.fromEntries(condition.map(({ variable, values }) => [variable, values])) }),
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: iam })
    .replaceAll('${data.aws_partition.current.partition}', 'aws-us-gov')
    .replaceAll('${data.aws_caller_identity.current.account_id}', '111122223333')
    .replaceAll('${aws_s3_bucket.state.arn}', `arn:aws:s3:::${'b'.repeat(63)}`).length;
}

describe('the roles of a GitHub repository', () => {
  const stack = synthState(REPOSITORY);
  const statements = (name: string, from = stack) =>
    from.data['aws_iam_policy_document']?.[name].statement as readonly Statement[];
  const subjects = (name: string, from = stack) =>
    statements(name, from)[0]?.condition?.find(({ variable }) => variable.endsWith(':sub'))?.values;

  test('pull requests and the main branch may assume plan; only the protected environment may assume deploy', () => {
    expect(subjects('plan_trust')).toEqual(['repo:acme/crud:pull_request', 'repo:acme/crud:ref:refs/heads/main']);
    expect(subjects('deploy_trust')).toEqual(['repo:acme/crud:environment:production']);
    const live = synthState({ ...REPOSITORY, githubEnvironment: 'live' });
    expect(subjects('deploy_trust', live)).toContain('repo:acme/crud:environment:live');
  });

  test('trust policies contain no wildcard, and accept only tokens for AWS', () => {
    for (const role of ['plan_trust', 'deploy_trust']) {
      const conditions = statements(role)[0]?.condition ?? [];
      for (const condition of conditions) expect(condition).toMatchObject({ test: 'StringEquals' });
      expect(conditions.find(({ variable }) => variable.endsWith(':aud'))?.values).toEqual(['sts.amazonaws.com']);
      expect(JSON.stringify(conditions)).not.toContain('*');
    }
  });

  test('plan allows only actions that read', () => {
    const actions = statements('plan_permissions').flatMap((statement) => statement.actions);
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe|GET$)/);
  });

  test('deploy is limited to the resource names of the stacks, in all environments', () => {
    const tables = statements('deploy_permissions').find(({ sid }) => sid === 'Tables')?.resources ?? [];
    expect(tables.map((arn) => arn.replace(/^.*:table\//, ''))).toEqual([
      'devices',
      'devices-*',
      'notes',
      'notes-*',
      'orders',
      'orders-*',
    ]);
    const other = synthState({ ...REPOSITORY, environment: 'staging', namePrefix: 'acme', functionPerRoute: true });
    const functions = statements('deploy_permissions', other).find(({ sid }) => sid === 'Functions')?.resources ?? [];
    expect(functions.map((arn) => arn.replace(/^.*:function:/, ''))).toEqual([
      'acme-devices',
      'acme-devices-*',
      'acme-notes',
      'acme-notes-*',
      'acme-orders',
      'acme-orders-*',
    ]);
  });

  test('deploy passes roles only to Lambda, and cannot write the state of the stack `state`', () => {
    const pass = statements('deploy_permissions').find(({ actions }) => actions.includes('iam:PassRole'));
    expect(pass?.condition).toMatchObject([{ variable: 'iam:PassedToService', values: ['lambda.amazonaws.com'] }]);
    const stateStatements = statements('deploy_permissions').filter(({ actions }) => actions.includes('s3:PutObject'));
    for (const { resources } of stateStatements) {
      for (const resource of resources)
        expect(resource).toMatch(/\/cdktf-serverless-crud\/\*\/(devices|notes|orders)\/terraform\.tfstate(\.tflock)?$/);
    }
  });

  test('deploy may set the expiry of items only when a table has one', () => {
    const actionsOf = (contracts: Parameters<typeof synthState>[1]) =>
      statements('deploy_permissions', synthState(REPOSITORY, contracts)).find(({ sid }) => sid === 'Tables')?.actions;
    expect(actionsOf([orders])).not.toContain('dynamodb:UpdateTimeToLive');
    expect(actionsOf([orders, notes])).toContain('dynamodb:UpdateTimeToLive');
  });

  test('the policy of deploy has at most 10,240 characters', () => {
    // IAM allows 10,240 characters for the inline policies of a role, without white space.
    expect(charactersOf(statements('deploy_permissions'))).toBeLessThan(10_240);
  });

  test('statements that do not fit into the inline policy of deploy are in managed policies of at most 6,144 characters', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ ...orders, name: `orders-${'x'.repeat(index)}` }));
    const large = synthState(REPOSITORY, many);
    const parts = Object.keys(large.data['aws_iam_policy_document'] ?? {}).filter((name) =>
      /^deploy(_\d)?_permissions$/.test(name),
    );
    expect(charactersOf(statements('deploy_permissions', large))).toBeLessThan(10_240);
    const managed = parts.filter((name) => name !== 'deploy_permissions');
    expect(managed.length).toBeGreaterThan(1);
    for (const name of managed) expect(charactersOf(statements(name, large))).toBeLessThan(6_144);
    const attached = Object.keys(large.resource['aws_iam_role_policy_attachment'] ?? {});
    expect(attached.filter((name) => name.startsWith('deploy_'))).toHaveLength(managed.length);
    const granted = parts.flatMap((name) => statements(name, large)).flatMap(({ resources }) => resources);
    for (const { name } of many)
      expect(granted).toContainEqual(expect.stringMatching(new RegExp(`:function:${name}-\\*$`)));
    expect(stack.resource).not.toHaveProperty('aws_iam_policy');
  });

  test('an existing OIDC provider is used, not created', () => {
    const existing = synthState({ ...REPOSITORY, githubOidcProvider: 'existing' });
    expect(addresses(existing)).not.toContain('aws_iam_openid_connect_provider.github');
    expect(JSON.stringify(statements('plan_trust', existing))).toContain(
      ':oidc-provider/token.actions.githubusercontent.com',
    );
  });
});
