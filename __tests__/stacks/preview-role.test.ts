/** The role of previews can deploy and destroy previews, and reaches nothing else. */
import { SHARED_STATEMENTS } from '../../stacks/preview-permissions';
import { type Call, callLine, readCallLine } from '../support/iam/call';
import { Principal } from '../support/iam/principal';
import { recordedLines } from '../support/iam/recorded-calls';
import { bucketPolicyOf, principalOf, roleOf } from '../support/iam/state-policies';
import { ACCOUNT, documentAt, REGION, resolve } from '../support/iam/terraform-policies';
import { SETTINGS } from '../support/pipeline-statements';
import { synthState } from '../support/synth';

const state = synthState({ ...SETTINGS, previews: 'SHARED_ACCOUNT' });
const role = principalOf(state, 'preview');
const BOUNDARY = resolve('${aws_iam_policy.preview_boundary.arn}', state);
const PRODUCTION_BOUNDARY = resolve('${aws_iam_policy.function_boundary.arn}', state);
const decide = (action: string, resource: string, context: Call['context'] = {}) =>
  role.decide({ action, resource, context });

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const api = (path: string) => `arn:aws:apigateway:${REGION}::${path}`;
const object = (key: string) => `arn:aws:s3:::${SETTINGS.stateBucket}/${key}`;
const tags = (source: 'ResourceTag' | 'RequestTag', environment: string, namePrefix = 'acme') => ({
  [`aws:${source}/environment`]: environment,
  [`aws:${source}/namePrefix`]: namePrefix,
});

/** A call of a recorded deployment, as it is in a preview: with the names, states, tags and boundary of the environment `pr-7`. */
function inPreview(line: string): Call {
  const {
    action,
    resource,
    context = {},
  } = readCallLine(
    line
      .replace(/acme-cdktf-serverless-crud-boundary-us-east-1/g, BOUNDARY.split('/')[1] ?? '')
      .replace(/((?:table\/|function:|role\/|\/aws\/lambda\/|\/apigateway\/)acme-[\w-]+)/g, '$1-pr-7')
      .replace('/acme/default/', '/acme/pr-7/')
      .replace('s3:prefix=acme/default/', 's3:prefix=acme/pr-7/'),
  );
  const has = (source: string) => `aws:${source}/namePrefix` in context;
  // The recorder does not know that stages of HTTP APIs have tags of their own.
  const isTagged = has('ResourceTag') || resource.includes('/apis/ID/stages/');
  return {
    action,
    resource,
    context: {
      ...context,
      ...(has('RequestTag') && tags('RequestTag', 'pr-7')),
      ...(isTagged && tags('ResourceTag', 'pr-7')),
    },
  };
}

/** Calls of deployments that previews do not make. */
const NOT_IN_PREVIEWS =
  /review-key|:(alarm|dashboard|budget)|:sns:|vendedlogs|^logs:\w+(LogDelivery|LogDeliveries|ResourcePolic)/;

test('may make every call of a recorded deployment, in a preview', () => {
  const calls = recordedLines('deploy')
    .filter((line) => !NOT_IN_PREVIEWS.test(line))
    .map(inPreview);
  expect(calls.length).toBeGreaterThan(100);
  expect(calls.filter((call) => role.decide(call) !== 'allowed').map(callLine)).toEqual([]);
});

test('may make no call of the same deployment in production, except calls without a name', () => {
  const allowed = recordedLines('deploy').filter((line) => role.decide(readCallLine(line)) === 'allowed');
  expect(allowed.filter((line) => /acme-(?!terraform-state)|\/acme\//.test(line))).toEqual([]);
  // Parts of HTTP APIs have no tags.
  expect(
    allowed.filter((line) => line.startsWith('apigateway:') && !/\/apis\/ID\/(integrations|routes)/.test(line)),
  ).toEqual([]);
});

/** Terraform deletes them when a push removes `cors`, or the `throttle` of a route. */
const REMOVED_PARTS = ['/apis/abc123/cors', '/apis/abc123/stages/$default/routesettings/GET%20%2Fitems'];

test.each(REMOVED_PARTS)('deletes %s, which has no tags, only in an account of previews', (path) => {
  expect(decide('apigateway:DELETE', api(path))).not.toBe('allowed');
  const own = principalOf(synthState({ ...SETTINGS, previews: 'OWN_ACCOUNT' }), 'preview');
  expect(own.decide({ action: 'apigateway:DELETE', resource: api(path) })).toBe('allowed');
  expect(own.decide({ action: 'apigateway:DELETE', resource: api('/apis/abc123/stages/$default') })).not.toBe(
    'allowed',
  );
});

test('deletes the state of a destroyed stack', () => {
  expect(decide('s3:DeleteObject', object('acme/pr-7/items/terraform.tfstate'))).toBe('allowed');
});

const DENIED: readonly (readonly [name: string, action: string, resource: string, context?: Call['context']])[] = [
  [
    'changes the code of a production function',
    'lambda:UpdateFunctionCode',
    arn('lambda', 'function:acme-items-function'),
  ],
  ['deletes a production table', 'dynamodb:DeleteTable', arn('dynamodb', 'table/acme-items')],
  ['deletes a table of another prefix', 'dynamodb:DeleteTable', arn('dynamodb', 'table/other-items-pr-7')],
  [
    'deletes the log group of a production function',
    'logs:DeleteLogGroup',
    arn('logs', 'log-group:/aws/lambda/acme-items'),
  ],
  ['reads items of a preview', 'dynamodb:GetItem', arn('dynamodb', 'table/acme-items-pr-7')],
  [
    'creates a role with a production name',
    'iam:CreateRole',
    iam('role/acme-items-role'),
    { 'iam:PermissionsBoundary': BOUNDARY },
  ],
  ['creates a role without a boundary', 'iam:CreateRole', iam('role/acme-items-pr-7-role')],
  [
    'creates a role with the boundary of production',
    'iam:CreateRole',
    iam('role/acme-items-pr-7-role'),
    { 'iam:PermissionsBoundary': PRODUCTION_BOUNDARY },
  ],
  ['gives permissions to a role without a boundary', 'iam:PutRolePolicy', iam('role/acme-items-pr-7-role')],
  [
    'removes the boundary of a role',
    'iam:DeleteRolePermissionsBoundary',
    iam('role/acme-items-pr-7-role'),
    { 'iam:PermissionsBoundary': BOUNDARY },
  ],
  ['changes its boundary', 'iam:CreatePolicyVersion', BOUNDARY],
  ['gives permissions to itself', 'iam:PutRolePolicy', role.policies.arn, { 'iam:PermissionsBoundary': BOUNDARY }],
  ['deletes the deploy role', 'iam:DeleteRole', roleOf(state, 'deploy').arn],
  [
    'deletes the deploy role of the prefix acme-x-pr',
    'iam:DeleteRole',
    iam('role/acme-x-pr-cdktf-serverless-crud-deploy-us-east-1'),
  ],
  [
    'passes a production role to a function',
    'iam:PassRole',
    iam('role/acme-items-role'),
    { 'iam:PassedToService': 'lambda.amazonaws.com' },
  ],
  ['reads a production state', 's3:GetObject', object('acme/default/items/terraform.tfstate')],
  ['writes a production state', 's3:PutObject', object('acme/default/items/terraform.tfstate')],
  ['removes a production lock', 's3:DeleteObject', object('acme/default/items/terraform.tfstate.tflock')],
  ['reads the state of another environment', 's3:GetObject', object('acme/staging/items/terraform.tfstate')],
  ['reads the states of previews of another prefix', 's3:GetObject', object('other/pr-7/items/terraform.tfstate')],
  ['reads the state of the pipeline', 's3:GetObject', object('state/terraform.tfstate')],
  ['reads the review key', 's3:GetObject', object('acme/review-key')],
  ['changes the bucket policy', 's3:PutBucketPolicy', `arn:aws:s3:::${SETTINGS.stateBucket}`],
  ['deletes a production REST API', 'apigateway:DELETE', api('/restapis/abc123'), tags('ResourceTag', 'default')],
  [
    'changes a method of a production REST API',
    'apigateway:PUT',
    api('/restapis/abc123/resources/x/methods/GET'),
    tags('ResourceTag', 'default'),
  ],
  ['deletes an API without tags', 'apigateway:DELETE', api('/restapis/abc123')],
  ['deletes a production HTTP API', 'apigateway:DELETE', api('/apis/abc123'), tags('ResourceTag', 'default')],
  [
    'changes the stage of a production HTTP API',
    'apigateway:PATCH',
    api('/apis/abc123/stages/$default'),
    tags('ResourceTag', 'default'),
  ],
  [
    'deletes the preview of another prefix',
    'apigateway:DELETE',
    api('/restapis/abc123'),
    tags('ResourceTag', 'pr-7', 'other'),
  ],
  ['creates an API without tags', 'apigateway:POST', api('/restapis')],
  ['creates a production API', 'apigateway:POST', api('/apis'), tags('RequestTag', 'default')],
  ['lists the APIs', 'apigateway:GET', api('/restapis')],
  ['lists the values of all API keys', 'apigateway:GET', api('/apikeys')],
  ['reads a production API key', 'apigateway:GET', api('/apikeys/abc123'), tags('ResourceTag', 'default')],
  [
    'makes a production API a preview',
    'apigateway:PUT',
    api(`/tags/${encodeURIComponent(api('/restapis/abc123'))}`),
    tags('RequestTag', 'pr-7'),
  ],
  [
    'makes a production HTTP API a preview',
    'apigateway:POST',
    api(`/tags/${encodeURIComponent(api('/apis/abc123'))}`),
    tags('RequestTag', 'pr-7'),
  ],
  [
    'makes a production stage of an HTTP API a preview',
    'apigateway:TagResource',
    api('/apis/abc123/stages/$default'),
    tags('RequestTag', 'pr-7'),
  ],
  ['tags a stage as production', 'apigateway:TagResource', api('/apis/abc123/stages'), tags('RequestTag', 'default')],
  [
    'makes a production stage a preview',
    'apigateway:PUT',
    api(`/tags/${encodeURIComponent(api('/restapis/abc123/stages/prod'))}`),
    tags('RequestTag', 'pr-7'),
  ],
  [
    'makes a production API key one of a preview',
    'apigateway:PUT',
    api(`/tags/${encodeURIComponent(api('/apikeys/abc123'))}`),
    tags('RequestTag', 'pr-7'),
  ],
  ['sets the log role of the account', 'apigateway:PATCH', api('/account')],
  ['creates an alarm', 'cloudwatch:PutMetricAlarm', arn('cloudwatch', 'alarm:acme-items-pr-7')],
  ['assumes the deploy role', 'sts:AssumeRole', roleOf(state, 'deploy').arn],
];

// The rows have two lengths, and Jest would pass a callback in place of a missing context.
test.each(DENIED.map(([name, ...call]) => [name, call] as const))(
  'is denied: %s',
  (_name, [action, resource, context]) => {
    expect(decide(action, resource, context)).not.toBe('allowed');
  },
);

test('has each shared statement that the deploy role has, and stays below the maximum of 10,240 characters', () => {
  const [policy] = roleOf(state, 'preview').inline;
  const sids = policy?.Statement.map(({ Sid }) => Sid);
  const kms = synthState({
    ...SETTINGS,
    previews: 'SHARED_ACCOUNT',
    stateKmsKey: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  });
  const withKey = roleOf(kms, 'preview').inline[0]?.Statement.map(({ Sid }) => Sid);
  expect(withKey).toEqual(expect.arrayContaining(SHARED_STATEMENTS));
  expect(sids).toEqual(expect.arrayContaining(['PipelineItself', 'PreviewApis', 'TagNewPreviewApis']));
  expect(JSON.stringify(policy).length).toBeLessThan(10_240);
});

test('the boundary of previews allows items and logs of previews only', () => {
  const boundary = documentAt(state.resource['aws_iam_policy']?.['preview_boundary'].policy, state);
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } as never;
  const fn = new Principal({ arn: iam('role/acme-items-pr-7-role'), identity: [all], boundary });
  const get = (table: string) => fn.decide({ action: 'dynamodb:GetItem', resource: arn('dynamodb', `table/${table}`) });
  expect(get('acme-items-pr-7')).toBe('allowed');
  for (const table of ['acme-items', 'acme-items-staging', 'other-items-pr-7']) expect(get(table)).not.toBe('allowed');
  const log = (name: string) => arn('logs', `log-group:/aws/lambda/${name}:log-stream:x`);
  expect(fn.decide({ action: 'logs:PutLogEvents', resource: log('acme-items-pr-7-function') })).toBe('allowed');
  expect(fn.decide({ action: 'logs:PutLogEvents', resource: log('acme-items-function') })).not.toBe('allowed');
});

test('the trust admits only jobs with the environment preview', () => {
  const issuer = 'token.actions.githubusercontent.com';
  const accepts = (sub: string, repository_id = '456789') => {
    const claims = { aud: 'sts.amazonaws.com', sub: `repo:acme/crud:${sub}`, repository_id, ref: 'refs/pull/7/merge' };
    const context = Object.fromEntries(Object.entries(claims).map(([name, value]) => [`${issuer}:${name}`, value]));
    const { trust, arn: roleArn } = roleOf(state, 'preview');
    const call = { action: 'sts:AssumeRoleWithWebIdentity', resource: '*', context };
    return new Principal({ arn: roleArn, identity: [trust] }).decide(call) === 'allowed';
  };
  expect(accepts('environment:preview')).toBe(true);
  for (const sub of ['pull_request', 'ref:refs/heads/main', 'environment:production', 'environment:preview2'])
    expect(accepts(sub)).toBe(false);
  expect(accepts('environment:preview', '1')).toBe(false);
});

test('the state bucket admits the role, but only with the setting previews', () => {
  expect(JSON.stringify(bucketPolicyOf(state))).toContain('role/acme-cdktf-serverless-crud-preview-us-east-1');
  const without = synthState(SETTINGS);
  expect(JSON.stringify(without)).not.toContain('preview');
});
