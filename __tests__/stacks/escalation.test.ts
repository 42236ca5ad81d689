/** The pipeline's roles can make the calls of a deployment, and no call that gives them more permissions. */
import { type Call, callLine } from '../support/iam/call';
import { escalationSteps } from '../support/iam/escalation-steps';
import { FEATURES } from '../support/iam/feature-steps';
import { Principal } from '../support/iam/principal';
import type { PolicyDocument } from '../support/iam/read-policy';
import { recordedCalls } from '../support/iam/recorded-calls';
import { boundaryOf, bucketPolicyOf, principalOf, roleOf } from '../support/iam/state-policies';
import { ACCOUNT, REGION, resolve } from '../support/iam/terraform-policies';
import { synthState } from '../support/synth';

const bucket = 'acme-terraform-state';
const state = synthState({
  stateBucket: bucket,
  namePrefix: 'acme',
  githubRepository: 'acme/crud',
  githubRepositoryId: '456789',
  githubOwnerId: '123456',
  apiGatewayLogRole: 'CREATE',
  ...FEATURES,
});

const deploy = roleOf(state, 'deploy');
const boundary = boundaryOf(state);
const roles = { plan: principalOf(state, 'plan'), deploy: principalOf(state, 'deploy') };
const steps = escalationSteps({
  deployRole: deploy.arn,
  planRole: roleOf(state, 'plan').arn,
  logRole: resolve('${aws_iam_role.api_gateway_logs.arn}', state),
  boundary: boundary.arn,
  bucket,
});

/** The names of the steps that a principal may make. */
const allowedSteps = (principal: Principal) =>
  [...steps].filter(([, call]) => principal.decide(call) === 'allowed').map(([name]) => name);

test.each([...steps])('deploy and plan are denied: %s', (_name, call) => {
  expect(roles.deploy.decide(call)).not.toBe('allowed');
  expect(roles.plan.decide(call)).not.toBe('allowed');
});

test('at least 20 steps are tried', () => {
  expect(steps.size).toBeGreaterThanOrEqual(20);
});

test.each(['plan', 'deploy'] as const)('%s may make every call of a recorded deployment', (name) => {
  const calls = recordedCalls(name);
  expect(calls.length).toBeGreaterThan(50);
  expect(calls.filter((call) => roles[name].decide(call) !== 'allowed').map(callLine)).toEqual([]);
});

test('the recorded calls of plan read only', () => {
  for (const { action } of recordedCalls('plan')) expect(action).toMatch(/^[a-z0-9]+:(Get|List|Describe|GET$)/);
});

/** The policies of deploy, with one statement changed. */
function deployWith(change: (statement: PolicyDocument['Statement'][number]) => object | undefined): Principal {
  const identity = [...deploy.inline, ...deploy.attached].map(({ Version, Statement }) => ({
    Version,
    Statement: Statement.flatMap((statement) => change(statement) ?? []) as PolicyDocument['Statement'],
  }));
  return new Principal({ arn: deploy.arn, identity, resources: [bucketPolicyOf(state)] });
}

const statements = [...deploy.inline, ...deploy.attached].flatMap(({ Statement }) => Statement);

const conditional = statements.filter(
  ({ Effect, Condition }) => Effect === 'Allow' && Object.keys(Condition ?? {}).length > 0,
);

test.each(conditional.map(({ Sid }) => Sid))('the condition of %s denies at least one step', (sid) => {
  const unconditional = deployWith(({ Condition, ...statement }) =>
    statement['Sid'] === sid ? statement : { Condition, ...statement },
  );
  expect(allowedSteps(unconditional)).not.toEqual([]);
});

const denials = statements.filter(({ Effect }) => Effect === 'Deny');

test.each(denials.map(({ Sid }) => Sid))('%s denies a step that another policy would allow', (sid) => {
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const allowed = (principal: Principal) =>
    allowedSteps(
      new Principal({
        ...principal.policies,
        identity: [...principal.policies.identity, { Version: '', Statement: [all] }],
      }),
    );
  const without = deployWith((statement) => (statement['Sid'] === sid ? undefined : statement));
  expect(allowed(without).length).toBeGreaterThan(allowed(roles.deploy).length);
});

describe('a function role with all permissions, behind the boundary', () => {
  const all: PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const fn = new Principal({
    arn: `arn:aws:iam::${ACCOUNT}:role/acme-orders-role`,
    identity: [all],
    boundary: boundary.document,
  });
  const table = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/acme-orders`;

  test('reads and writes items of the tables with the prefix, and writes its log', () => {
    const calls: Call[] = [
      ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'].map((name) => ({
        action: `dynamodb:${name}`,
        resource: table,
      })),
      { action: 'dynamodb:Query', resource: `${table}/index/byStatus` },
      {
        action: 'logs:PutLogEvents',
        resource: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/acme-orders-function:log-stream:x`,
      },
      { action: 'xray:PutTraceSegments', resource: '*' },
    ];
    expect(calls.filter((call) => fn.decide(call) !== 'allowed')).toEqual([]);
  });

  test('makes none of the steps, and reaches no other table or bucket', () => {
    const itemsOfOwnTable = ['reads items'];
    expect(allowedSteps(fn)).toEqual(itemsOfOwnTable);
    const others: Call[] = [
      { action: 'dynamodb:GetItem', resource: table.replace('acme-orders', 'product-orders') },
      { action: 'dynamodb:DeleteTable', resource: table },
      { action: 's3:ListAllMyBuckets', resource: '*' },
      { action: 'sts:AssumeRole', resource: deploy.arn },
      { action: 'secretsmanager:GetSecretValue', resource: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:x` },
    ];
    expect(others.filter((call) => fn.decide(call) === 'allowed')).toEqual([]);
  });
});

describe('the state bucket', () => {
  const all: PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const object = `arn:aws:s3:::${bucket}/acme/default/orders/terraform.tfstate`;
  const reads = (arn: string, secure = 'true') =>
    new Principal({ arn, identity: [all], resources: [bucketPolicyOf(state)] }).decide({
      action: 's3:GetObject',
      resource: object,
      context: { 'aws:SecureTransport': secure },
    });

  test('admits the pipeline and the root user, and denies other roles of the account, even if their policies allow the call', () => {
    expect(reads(deploy.arn)).toBe('allowed');
    expect(reads(`arn:aws:iam::${ACCOUNT}:root`)).toBe('allowed');
    expect(reads(`arn:aws:iam::${ACCOUNT}:role/admin`)).toBe('explicitDeny');
    expect(reads(`arn:aws:iam::${ACCOUNT}:user/admin`)).toBe('explicitDeny');
  });

  test('denies requests without TLS', () => {
    expect(reads(deploy.arn, 'false')).toBe('explicitDeny');
  });
});

describe('the bucket of the access log', () => {
  const all: PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const decide = (arn: string, action: string, context: Call['context'] = {}) =>
    new Principal({ arn, identity: [all], resources: [bucketPolicyOf(state, 'state_logs')] }).decide({
      action,
      resource: `arn:aws:s3:::${bucket}-logs/access/2026-11-29`,
      context,
    });
  const [administrator, other] = ['root', 'role/admin'].map((name) => `arn:aws:iam::${ACCOUNT}:${name}`) as [
    string,
    string,
  ];

  test.each(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'])(
    'denies %s to other roles of the account whatever their policies allow',
    (action) => {
      expect(decide(other, action)).toBe('explicitDeny');
      expect(decide(administrator, action)).toBe('allowed');
    },
  );

  test('admits the log delivery of S3, which has no ARN, and no other service', () => {
    const delivery = (service: string) => decide('', 's3:PutObject', { 'aws:PrincipalServiceName': service });
    expect(delivery('logging.s3.amazonaws.com')).toBe('allowed');
    expect(delivery('cloudtrail.amazonaws.com')).toBe('explicitDeny');
  });
});

describe('the trust policies', () => {
  const issuer = 'token.actions.githubusercontent.com';
  const token = { aud: 'sts.amazonaws.com', repository_id: '456789', ref: 'refs/heads/main' };

  /** Whether a workflow run with these claims may assume the role. */
  const accepts = (name: 'plan' | 'deploy', claims: Readonly<Record<string, string>>) => {
    const { trust, arn } = roleOf(state, name);
    const context = Object.fromEntries(
      Object.entries({ ...token, ...claims }).map(([claim, value]) => [`${issuer}:${claim}`, value]),
    );
    // A trust policy is evaluated like a policy of the role, for the principal that it names.
    expect(trust.Statement.map(({ Principal: federated }) => federated)).toEqual([
      { Federated: [`arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`] },
    ]);
    const call = { action: 'sts:AssumeRoleWithWebIdentity', resource: '*', context };
    return new Principal({ arn, identity: [trust] }).decide(call) === 'allowed';
  };

  test.each(['repo:acme/crud', 'repo:acme@123456/crud@456789'])('accept the subjects of %s', (repository) => {
    expect(accepts('plan', { sub: `${repository}:pull_request`, ref: 'refs/pull/7/merge' })).toBe(true);
    expect(accepts('plan', { sub: `${repository}:ref:refs/heads/main` })).toBe(true);
    expect(accepts('deploy', { sub: `${repository}:environment:production` })).toBe(true);
  });

  test.each([
    ['a pull request', { sub: 'repo:acme/crud:pull_request' }],
    ['the main branch without the environment', { sub: 'repo:acme/crud:ref:refs/heads/main' }],
    ['the environment from another branch', { sub: 'repo:acme/crud:environment:production', ref: 'refs/heads/x' }],
    ['a tag', { sub: 'repo:acme/crud:environment:production', ref: 'refs/tags/v1' }],
    ['another environment', { sub: 'repo:acme/crud:environment:staging' }],
    ['a repository that got the name later', { sub: 'repo:acme/crud:environment:production', repository_id: '1' }],
    ['another repository', { sub: 'repo:other/crud:environment:production', repository_id: '1' }],
    ['the ids of another repository', { sub: 'repo:acme@123456/crud@1:environment:production', repository_id: '1' }],
    ['another audience', { sub: 'repo:acme/crud:environment:production', aud: 'https://github.com/acme' }],
  ])('of deploy refuses %s', (_name, claims) => {
    expect(accepts('deploy', claims)).toBe(false);
  });

  test('of plan refuses another branch and a repository that got the name later', () => {
    expect(accepts('plan', { sub: 'repo:acme/crud:ref:refs/heads/x' })).toBe(false);
    expect(accepts('plan', { sub: 'repo:acme/crud:pull_request', repository_id: '1' })).toBe(false);
  });
});
