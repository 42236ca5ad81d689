/** The policies of the pipeline's roles, and of the state bucket that admits them. */
import { wildcard } from 'local-run';
import { devices } from '../support/contracts';
import {
  BOUNDARY,
  find,
  ISSUER,
  SETTINGS,
  stack,
  type Statement,
  statements,
  withBoundary,
  withoutReferences,
} from '../support/pipeline-statements';
import { synth, synthState } from '../support/synth';

describe('the role plan', () => {
  test('allows only actions that read', () => {
    const actions = statements('plan_permissions').flatMap((statement) => statement.actions);
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) expect(action).toMatch(/^(kms:Decrypt$|[a-z0-9]+:(Get|List|Describe|View|GET$))/);
  });

  test('reads the states of its environment, the state of the stack state, and the review key', () => {
    expect(find('plan_permissions', 'ReadStates').resources).toEqual([
      'arn:aws:s3:::acme-terraform-state/acme/default/*/terraform.tfstate',
      'arn:aws:s3:::acme-terraform-state/state/terraform.tfstate',
      'arn:aws:s3:::acme-terraform-state/acme/review-key',
    ]);
    const staging = synthState({ ...SETTINGS, environment: 'staging' });
    expect(find('plan_permissions', 'ReadStates', staging).resources[0]).toContain('/acme/staging/*/terraform.tfstate');
  });

  test('reads the configuration of both buckets and the policies of the stack state', () => {
    expect(find('plan_permissions', 'PipelineBuckets').resources).toEqual([
      'arn:aws:s3:::acme-terraform-state',
      'arn:aws:s3:::acme-terraform-state-logs',
    ]);
    expect(find('plan_permissions', 'PipelinePolicies').resources).toEqual([
      BOUNDARY,
      `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`,
    ]);
  });
});

describe('the role deploy', () => {
  const TYPES = { Tables: 'table/', Functions: 'function:', Roles: 'role/' };

  test.each(Object.entries(TYPES))('%s: is limited to names with the prefix', (sid, kind) => {
    const { resources } = find('deploy_permissions', sid);
    expect(resources).toEqual([expect.stringMatching(new RegExp(`:${kind}acme-\\*$`))]);
  });

  test('creates roles, and writes their policies, only with the boundary', () => {
    const { actions, condition } = find('deploy_permissions', 'BoundedRoles');
    expect(actions).toEqual(['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy']);
    expect(condition.map(({ values, ...rest }) => ({ ...rest, values: values.map(withoutReferences) }))).toEqual([
      { test: 'StringEquals', variable: 'iam:PermissionsBoundary', values: [BOUNDARY] },
    ]);
    for (const action of actions) {
      const allowing = statements('deploy_permissions').filter(
        (statement) => statement.effect === undefined && statement.actions.includes(action),
      );
      expect(allowing.map(({ sid }) => sid)).toEqual(['BoundedRoles']);
    }
  });

  test('may neither remove the boundary nor change the pipeline', () => {
    const past = find('deploy_permissions', 'NeverPastTheBoundary');
    expect(past).toMatchObject({ effect: 'Deny', resources: ['*'] });
    expect(past.actions).toEqual(
      expect.arrayContaining([
        'iam:DeleteRolePermissionsBoundary',
        'iam:AttachRolePolicy',
        'iam:UpdateAssumeRolePolicy',
      ]),
    );
    expect(find('deploy_permissions', 'PipelineItself')).toMatchObject({
      effect: 'Deny',
      actions: ['iam:*'],
      resources: [
        'arn:aws:iam::111122223333:role/acme-*cdktf-serverless-crud-*',
        'arn:aws:iam::111122223333:policy/acme-*cdktf-serverless-crud-*',
        `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`,
      ],
    });
  });

  test.each([
    ['LetApisInvoke', 'lambda:AddPermission', 'lambda:Principal', 'apigateway.amazonaws.com'],
    ['GiveRolesToFunctions', 'iam:PassRole', 'iam:PassedToService', 'lambda.amazonaws.com'],
    ['CreateApiKeys', 'apigateway:POST', 'aws:RequestTag/namePrefix', 'acme'],
  ])('%s: %s has the condition %s = %s', (sid, action, variable, value) => {
    expect(find('deploy_permissions', sid)).toMatchObject({
      actions: [action],
      condition: [{ test: 'StringEquals', variable, values: [value] }],
    });
  });

  test.each(['plan_permissions', 'deploy_permissions'])('%s: allows only API keys with the tag', (document) => {
    // GET of the collection `/apikeys` returns the values of all API keys of the region.
    expect(find(document, 'ApiKeys').resources.map((arn) => arn.split('::')[1])).toEqual([
      '/apikeys/*',
      '/usageplans/*',
    ]);
    const reaching = statements(document).filter(({ resources }) =>
      resources.some((resource) => /::?\/(apikeys|usageplans|\*)/.test(resource)),
    );
    expect(reaching.length).toBeGreaterThan(0);
    for (const { condition } of reaching) {
      expect(condition).toEqual([
        {
          test: 'StringEquals',
          variable: expect.stringMatching(/^aws:(Resource|Request)Tag\/namePrefix$/) as string,
          values: ['acme'],
        },
      ]);
    }
    expect(synth(devices, SETTINGS).provider['aws']?.[0].default_tags[0].tags.namePrefix).toBe('acme');
  });

  test('may tag a new API key, but not give an existing one the tag of the prefix', () => {
    const { effect, resources, condition } = find('deploy_permissions', 'KeepPrefixTag');
    expect({ effect, condition }).toEqual({
      effect: 'Deny',
      condition: [{ test: 'ForAnyValue:StringEqualsIgnoreCase', variable: 'aws:TagKeys', values: ['namePrefix'] }],
    });
    const isDenied = (tagged: string) =>
      resources.some((pattern) => wildcard(pattern)(`arn:aws:apigateway:us-east-1::/tags/${tagged}`));
    const key = 'arn:aws:apigateway:us-east-1::/apikeys/';
    expect([`${key}a1b2c3d4e5`, encodeURIComponent(`${key}a1b2c3d4e5`)].map(isDenied)).toEqual([true, true]);
    expect([`${key}*`, `${encodeURIComponent(key)}*`].map(isDenied)).toEqual([false, false]);
  });

  test('writes the states of one environment, but neither the state of the stack state nor the review key', () => {
    const written = statements('deploy_permissions')
      .filter(
        ({ effect, actions }) => effect === undefined && actions.some((action) => /^s3:(Put|Delete)/.test(action)),
      )
      .flatMap(({ resources }) => resources.map(withoutReferences));
    expect(written).toEqual([
      'arn:aws:s3:::acme-terraform-state/acme/default/*/terraform.tfstate',
      'arn:aws:s3:::acme-terraform-state/acme/default/*/terraform.tfstate.tflock',
    ]);
  });
});

test('both roles use the KMS key of the states, and only deploy encrypts with it', () => {
  const stateKmsKey = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd';
  const withKey = synthState({ ...SETTINGS, stateKmsKey });
  expect(find('plan_permissions', 'StatesKey', withKey)).toMatchObject({
    actions: ['kms:Decrypt'],
    resources: [stateKmsKey],
  });
  expect(find('deploy_permissions', 'StatesKey', withKey).actions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  expect(JSON.stringify(statements('plan_permissions'))).not.toContain('kms:Decrypt');
});

test('without administrators, synth warns that the bucket would refuse them', () => {
  expect(withBoundary.annotations).toEqual([]);
  expect(synthState({ ...SETTINGS, permissionsBoundary: BOUNDARY, stateAdministrators: [] }).annotations).toEqual([
    expect.objectContaining({
      level: '@cdktf/warn',
      message: expect.stringMatching(/only the pipeline's roles and the root user.*Set stateAdministrators/) as string,
    }),
  ]);
  expect(synthState({ stateBucket: 'acme-terraform-state' }).annotations).toEqual([]);
});

test('without the boundary, synth warns that the deploy role creates no role', () => {
  expect(stack.annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^The deploy role creates no role .* Set permissionsBoundary in cdktf\.json/),
  ]);
});

test('the state bucket admits both roles and the administrators', () => {
  const guard = find('state_bucket', 'OnlyPipelineAndAdministrators');
  expect(guard.condition[0]?.values.map(withoutReferences)).toEqual([
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:role/acme-cdktf-serverless-crud-plan-us-east-1',
    'arn:aws:iam::111122223333:role/acme-cdktf-serverless-crud-deploy-us-east-1',
    'arn:aws:iam::111122223333:role/admin',
  ]);
  for (const role of ['plan', 'deploy'])
    expect(stack.resource['aws_iam_role']?.[role].name).toBe(`acme-cdktf-serverless-crud-${role}-us-east-1`);
});

/** Counts the characters of a policy, without white space, in an account with the longest values. */
function charactersOf(policy: readonly Statement[]): number {
  const iam = policy.map(({ sid, effect = 'Allow', actions, resources, condition }) => ({
    ...{ Sid: sid, Effect: effect, Action: actions, Resource: resources },
    ...(condition.length > 0 && {
      Condition: Object.fromEntries(condition.map(({ test, variable, values }) => [test, { [variable]: values }])),
    }),
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: iam })
    .replaceAll('${data.aws_partition.current.partition}', 'aws-us-gov')
    .replaceAll('${data.aws_caller_identity.current.account_id}', '111122223333')
    .replaceAll(/\$\{aws_s3_bucket\.\w+\.arn\}/g, `arn:aws-us-gov:s3:::${'b'.repeat(63)}`).length;
}

const LONGEST_FEATURES = {
  domain: `${'d'.repeat(55)}.com`,
  hostedZone: 'Z'.repeat(32),
  alarmEmail: 'ops@example.com',
  canary: 'LambdaCanary10Percent5Minutes',
};

test('with the longest names and all features, no policy exceeds the length that IAM allows', () => {
  const longest = synthState({
    ...SETTINGS,
    ...{ namePrefix: 'p'.repeat(11), environment: 'e'.repeat(12), region: 'ap-southeast-1' },
    stateKmsKey: 'arn:aws-us-gov:kms:ap-southeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    apiGatewayLogRole: 'CREATE',
    ...LONGEST_FEATURES,
  });
  // IAM user guide, "IAM and AWS STS quotas": the inline policies of a role, and a managed policy, without white space.
  expect(charactersOf(statements('plan_permissions', longest))).toBeLessThan(10_240);
  expect(charactersOf(statements('deploy_permissions', longest))).toBeLessThan(10_240);
  expect(charactersOf(statements('deploy_features', longest))).toBeLessThan(6_144);
  expect(charactersOf(statements('function_boundary', longest))).toBeLessThan(6_144);
});
