/** The roles of the GitHub workflows, and the boundary of the roles that they create. */
import { wildcard } from 'local-run';
import { type Action, needsOf } from '../../function/contract/needs';
import { devices, notes, orders } from '../support/contracts';
import { PROJECT_APIS } from '../support/project-apis';
import { addresses, synth, type Synthesized, synthState } from '../support/synth';

const SETTINGS = {
  stateBucket: 'acme-terraform-state',
  namePrefix: 'acme',
  githubRepository: 'acme/crud',
  githubRepositoryId: '456789',
  githubOwnerId: '123456',
  stateAdministrators: ['arn:aws:iam::111122223333:role/admin'],
};
const NO_IDS = { githubRepositoryId: '', githubOwnerId: '' };
const ISSUER = 'token.actions.githubusercontent.com';
const BOUNDARY = 'arn:aws:iam::111122223333:policy/acme-cdktf-serverless-crud-boundary-us-east-1';

interface Statement {
  readonly sid: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

const stack = synthState(SETTINGS);
const withBoundary = synthState({ ...SETTINGS, permissionsBoundary: BOUNDARY });

const statements = (document: string, from: Synthesized = stack) =>
  from.data['aws_iam_policy_document']?.[document].statement as readonly Statement[];

const find = (document: string, sid: string, from: Synthesized = stack) => {
  const statement = statements(document, from).find((other) => other.sid === sid);
  if (!statement) throw new Error(`There is no statement ${sid}.`);
  return { ...statement, resources: statement.resources.map(withoutReferences) };
};

/** The conditions of a trust policy by claim. */
const trust = (role: 'plan' | 'deploy', settings: object = {}, issuer = ISSUER) => {
  const { condition = [] } = statements(`${role}_trust`, synthState({ ...SETTINGS, ...settings }))[0] ?? {};
  for (const { test } of condition) expect(test).toBe('StringEquals');
  return Object.fromEntries(condition.map(({ variable, values }) => [variable.replace(`${issuer}:`, ''), values]));
};

/** Replaces references by values. */
function withoutReferences(text: string): string {
  return text
    .replaceAll('${data.aws_partition.current.partition}', 'aws')
    .replaceAll('${data.aws_caller_identity.current.account_id}', '111122223333')
    .replaceAll('${aws_s3_bucket.state.arn}', 'arn:aws:s3:::acme-terraform-state')
    .replaceAll('${aws_s3_bucket.state_logs.arn}', 'arn:aws:s3:::acme-terraform-state-logs');
}

describe('the trust of the roles', () => {
  test('has the repository with and without ids, its id, and for deploy the environment and the main branch', () => {
    expect(trust('deploy')).toEqual({
      aud: ['sts.amazonaws.com'],
      sub: ['repo:acme/crud:environment:production', 'repo:acme@123456/crud@456789:environment:production'],
      repository_id: ['456789'],
      ref: ['refs/heads/main'],
    });
    expect(trust('deploy', { githubEnvironment: 'live' })['sub']).toContain('repo:acme/crud:environment:live');
  });

  test('admits pull requests and the main branch to plan', () => {
    expect(trust('plan')).toEqual({
      aud: ['sts.amazonaws.com'],
      sub: [
        'repo:acme/crud:pull_request',
        'repo:acme/crud:ref:refs/heads/main',
        'repo:acme@123456/crud@456789:pull_request',
        'repo:acme@123456/crud@456789:ref:refs/heads/main',
      ],
      repository_id: ['456789'],
    });
  });

  test.each(['token.actions.githubusercontent.com/acme-corp', 'token.actions.acme.ghe.com'])(
    'has the same claims for the issuer %s',
    (githubOidcIssuer) => {
      const claims = trust('deploy', { githubOidcIssuer }, githubOidcIssuer);
      expect(claims).toEqual(trust('deploy'));
      const { resource } = synthState({ ...SETTINGS, githubOidcIssuer });
      expect(resource['aws_iam_openid_connect_provider']?.['github'].url).toBe(`https://${githubOidcIssuer}`);
    },
  );

  test('has only the name for Enterprise Server, whose other claims AWS does not know', () => {
    const githubOidcIssuer = 'github.example.com/_services/token';
    expect(trust('deploy', { githubOidcIssuer }, githubOidcIssuer)).toEqual({
      aud: ['sts.amazonaws.com'],
      sub: ['repo:acme/crud:environment:production'],
    });
    expect(synthState({ ...SETTINGS, ...NO_IDS, githubOidcIssuer, permissionsBoundary: BOUNDARY }).annotations).toEqual(
      [],
    );
  });

  test('without ids, synth warns that the roles would trust a name', () => {
    expect(withBoundary.annotations).toEqual([]);
    expect(synthState({ ...SETTINGS, ...NO_IDS, permissionsBoundary: BOUNDARY }).annotations).toEqual([
      expect.objectContaining({
        level: '@cdktf/warn',
        message: expect.stringContaining('would trust the name acme/crud') as string,
      }),
    ]);
  });

  test('an existing OIDC provider is used, not created', () => {
    const existing = synthState({ ...SETTINGS, githubOidcProvider: 'existing' });
    expect(addresses(existing)).not.toContain('aws_iam_openid_connect_provider.github');
    expect(JSON.stringify(statements('plan_trust', existing))).toContain(`:oidc-provider/${ISSUER}`);
  });
});

describe('the role plan', () => {
  test('allows only actions that read', () => {
    const actions = statements('plan_permissions').flatMap((statement) => statement.actions);
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) expect(action).toMatch(/^(kms:Decrypt$|[a-z0-9]+:(Get|List|Describe|GET$))/);
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

describe('the permissions boundary', () => {
  const ORDERS_BOUNDARY = { ...SETTINGS, permissionsBoundary: BOUNDARY };

  test('has the name that the policy of deploy names', () => {
    expect(stack.resource['aws_iam_policy']?.['function_boundary'].name).toBe(BOUNDARY.split('/')[1]);
    expect(stack.output['permissions_boundary'].value).toBe('${aws_iam_policy.function_boundary.arn}');
  });

  test('allows what the functions of all contracts need, on the tables, indexes and log groups of the prefix', () => {
    const actions = [devices, notes, orders, ...PROJECT_APIS].flatMap((api) =>
      Object.keys(api.routes).flatMap((routeKey) => needsOf(api, routeKey).tableActions),
    );
    const items = find('function_boundary', 'Items');
    expect(items.actions).toEqual(expect.arrayContaining([...new Set<Action>(actions)]));
    expect(items.resources).toEqual([
      'arn:aws:dynamodb:us-east-1:111122223333:table/acme-*',
      'arn:aws:dynamodb:us-east-1:111122223333:table/acme-*/index/*',
    ]);
    expect(find('function_boundary', 'Logs').resources).toEqual([
      'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/acme-*:*',
    ]);
  });

  test('allows nothing but data, logs and traces', () => {
    const actions = statements('function_boundary').flatMap((statement) => statement.actions);
    for (const action of actions) expect(action).toMatch(/^(dynamodb|logs|xray):[A-Za-z]+$/);
    for (const action of actions) expect(action).not.toMatch(/Table$|Policy$|Tag/);
  });

  test('is on the role of each function that has the setting, and on no other role', () => {
    const roles = (settings: object) => Object.values(synth(orders, settings).resource['aws_iam_role'] ?? {});
    expect(roles({ ...ORDERS_BOUNDARY, functionPerRoute: true }).length).toBeGreaterThan(1);
    for (const role of roles({ ...ORDERS_BOUNDARY, functionPerRoute: true })) {
      expect(role).toHaveProperty('permissions_boundary', BOUNDARY);
    }
    for (const role of roles({})) expect(role).not.toHaveProperty('permissions_boundary');
  });

  test('synth warns of an action that it does not allow', () => {
    const actions = ['dynamodb:BatchGetItem', 'dynamodb:UpdateTable'] as const;
    const route = { handler: 'resize', actions, responses: {} };
    const contract = { ...orders, routes: { ...orders.routes, 'POST /resize': route } };
    expect(synth(contract, SETTINGS).annotations).toEqual([]);
    expect(synth(contract, ORDERS_BOUNDARY).annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('does not allow dynamodb:UpdateTable: AWS denies'),
    ]);
  });
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

test('with the longest names, no policy exceeds the length that IAM allows', () => {
  const longest = synthState({
    ...SETTINGS,
    ...{ namePrefix: 'p'.repeat(11), environment: 'e'.repeat(12), region: 'ap-southeast-1' },
    stateKmsKey: 'arn:aws-us-gov:kms:ap-southeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
  });
  // IAM user guide, "IAM and AWS STS quotas": the inline policies of a role, and a managed policy, without white space.
  expect(charactersOf(statements('plan_permissions', longest))).toBeLessThan(10_240);
  expect(charactersOf(statements('deploy_permissions', longest))).toBeLessThan(10_240);
  expect(charactersOf(statements('function_boundary', longest))).toBeLessThan(6_144);
});
