/** The permissions of features: the roles have them only when a setting turns the feature on. */
import type { Statement as PolicyStatement } from '../../constructs/policy-statement';
import { featurePermissions, featureReads, type FeatureScope } from '../../stacks/feature-permissions';
import { type Call, callLine } from '../support/iam/call';
import { DOMAIN_CALLS, DOMAIN_STEPS, FEATURES } from '../support/iam/feature-steps';
import { Principal } from '../support/iam/principal';
import type { PolicyDocument } from '../support/iam/read-policy';
import * as services from '../support/iam/service-steps';
import { principalOf, roleOf } from '../support/iam/state-policies';
import { ACCOUNT, REGION } from '../support/iam/terraform-policies';
import { find, SETTINGS, stack, statements } from '../support/pipeline-statements';
import { addresses, synthState } from '../support/synth';

const withDomain = synthState({ ...SETTINGS, ...FEATURES });

test('without features, the deploy role has no second policy', () => {
  expect(roleOf(stack, 'deploy').attached).toEqual([]);
  expect(addresses(stack).filter((address) => address.includes('features'))).toEqual([]);
  expect(JSON.stringify(stack.data)).not.toMatch(/acm:|route53|domainnames|PutMetricData/);
});

test('the deploy role has the permissions of features in a second policy, which the plan role may read', () => {
  expect(roleOf(withDomain, 'deploy').attached).toHaveLength(1);
  expect(withDomain.resource['aws_iam_policy']?.['deploy_features'].name).toBe(
    'acme-cdktf-serverless-crud-features-us-east-1',
  );
  expect(find('plan_permissions', 'PipelinePolicies', withDomain).resources).toContain(
    'arn:aws:iam::111122223333:policy/acme-cdktf-serverless-crud-features-us-east-1',
  );
  expect(find('plan_permissions', 'PipelinePolicies').resources).toHaveLength(2);
});

test('with a domain, deploy may make every call of a deployment, and plan its reads', () => {
  const [plan, deploy] = [principalOf(withDomain, 'plan'), principalOf(withDomain, 'deploy')];
  expect(DOMAIN_CALLS.filter((call) => deploy.decide(call) !== 'allowed').map(callLine)).toEqual([]);
  const read = DOMAIN_CALLS.filter((call) => plan.decide(call) === 'allowed').map(({ action }) => action);
  expect(read).toEqual([
    'acm:DescribeCertificate',
    'acm:ListTagsForCertificate',
    'route53:ListResourceRecordSets',
    'route53:GetHostedZone',
    'apigateway:GET',
  ]);
});

test('with alarms, plan may write metrics of the namespace of the deployment, and nothing else', () => {
  const writes = statements('plan_permissions', withDomain).filter(({ actions }) =>
    actions.some((action) => !/^(kms:Decrypt$|[a-z0-9]+:(Get|List|Describe|View|GET$))/.test(action)),
  );
  expect(writes).toEqual([
    expect.objectContaining({
      sid: 'DriftMetric',
      actions: ['cloudwatch:PutMetricData'],
      condition: [{ test: 'StringEquals', variable: 'cloudwatch:namespace', values: ['acme-cdktf-serverless-crud'] }],
    }),
  ]);
});

const OFF: FeatureScope = {
  namesStart: 'acme-',
  tag: { key: 'namePrefix', value: 'acme' },
  arn: (service, resource) =>
    `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`.replace(/^(arn:aws:iam:)[^:]*/, '$1'),
  region: REGION,
  ...{ domain: '', hostedZone: '', kmsKey: 'AWS', backup: false, canary: false },
};

/** The deploy role without features, and with the statements. */
function roleWith(statements: readonly PolicyStatement[]): Principal {
  const identity = [...roleOf(stack, 'deploy').inline, documentOf(statements)];
  return new Principal({ arn: roleOf(withDomain, 'deploy').arn, identity });
}

function documentOf(statements: readonly PolicyStatement[]): PolicyDocument {
  const Statement = statements.map(({ sid, effect = 'Allow', actions, resources, conditions }) => ({
    ...{ Sid: sid, Effect: effect, Action: actions, Resource: resources },
    ...(conditions && { Condition: conditions }),
  }));
  return { Version: '2012-10-17', Statement };
}

const notAllowed = (role: Principal, calls: readonly Call[]) =>
  calls.filter((call) => role.decide(call) !== 'allowed').map(callLine);

test('the setting canary gives the deploy role its statements, in the second policy', () => {
  const canary = synthState({ ...SETTINGS, canary: 'LambdaCanary10Percent5Minutes', alarmEmail: 'ops@example.com' });
  expect(find('deploy_features', 'CanaryGroups', canary).actions).toContain('codedeploy:CreateDeployment');
});

describe.each<[string, Partial<FeatureScope>, readonly Call[]]>([
  ['kmsKey with the ARN of a key', { kmsKey: services.OWN_KEY }, services.KEY_CALLS],
  ['kmsKey CREATE', { kmsKey: 'CREATE' }, services.CREATED_KEY_CALLS],
  ['backup', { backup: true }, services.BACKUP_CALLS],
  ['canary', { canary: true }, services.CANARY_CALLS],
])('with %s', (_, settings, calls) => {
  const on = { ...OFF, ...settings };

  test('deploy may make every call of a deployment, and none of them without the setting', () => {
    expect(notAllowed(roleWith(featurePermissions(on)), calls)).toEqual([]);
    expect(notAllowed(roleWith(featurePermissions(OFF)), calls)).toEqual(calls.map(callLine));
  });

  test('plan may only read', () => {
    const actions = featureReads(on).flatMap((statement) => statement.actions ?? []);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^(kms:Decrypt$|[a-z0-9-]+:(Get|List|Describe))/);
  });
});

const STEPS = [...DOMAIN_STEPS, ...services.KEY_STEPS, ...services.BACKUP_STEPS, ...services.CANARY_STEPS];
const CALLS = STEPS.map(([name, action, resource, context]): [string, Call] => [
  name,
  { action, resource, ...(context && { context }) },
]);
const ALL: Partial<FeatureScope> = { ...FEATURES, backup: true, canary: true };

describe.each(['CREATE', services.OWN_KEY])('with all features and the kmsKey %s', (kmsKey) => {
  const role = roleWith(featurePermissions({ ...OFF, ...ALL, kmsKey }));

  test.each(CALLS)('deploy is denied: %s', (_, call) => {
    expect(role.decide(call)).not.toBe('allowed');
  });
});

test.each(['CREATE', `${services.OWN_KEY.replace('aws', 'aws-us-gov')}-mrk`])(
  'with the longest names, all features and the kmsKey %s, the second policy has at most 6,144 characters',
  (kmsKey) => {
    const longest: FeatureScope = {
      namesStart: `${'p'.repeat(11)}-`,
      tag: { key: 'namePrefix', value: 'p'.repeat(11) },
      arn: (service, resource) => `arn:aws-us-gov:${service}:ap-southeast-1:${ACCOUNT}:${resource}`,
      region: 'ap-southeast-1',
      ...{ domain: `${'d'.repeat(55)}.com`, hostedZone: 'Z'.repeat(32), kmsKey, backup: true, canary: true },
    };
    // IAM user guide, "IAM and AWS STS quotas": without white space.
    const { length } = JSON.stringify(documentOf(featurePermissions(longest)));
    expect(length).toBeGreaterThan(3_000);
    expect(length).toBeLessThanOrEqual(6_144);
  },
);

test('the key encrypts backups only with the setting backup', () => {
  const viaBackup: Call = {
    action: 'kms:GenerateDataKey',
    resource: services.OWN_KEY,
    context: { 'kms:ViaService': `backup.${REGION}.amazonaws.com` },
  };
  const decide = (backup: boolean) =>
    roleWith(featurePermissions({ ...OFF, backup, kmsKey: services.OWN_KEY })).decide(viaBackup);
  expect([decide(true), decide(false)]).toEqual(['allowed', 'implicitDeny']);
});
