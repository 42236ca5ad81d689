/** Warnings about policies at any place of any resource. */
import { parsePlan } from '../src';
import { allow, changeWarnings, policy, warningTexts } from './support/warnings';
import { rawPlan, resource } from './support/plans';
import { timed } from './support/cpu-time';

const OTHER_ACCOUNT = 'arn:aws:iam::444455556666:root';
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const forOtherAccount = document({
  Effect: 'Allow',
  Action: 'x:Get',
  Principal: { AWS: OTHER_ACCOUNT },
  Resource: '*',
});

describe('the first policy of an existing resource names the other account', () => {
  test.each<[type: string, attributes: object]>([
    ['aws_dynamodb_resource_policy', { resource_arn: 'arn:aws:dynamodb:r:1:table/t', policy: forOtherAccount }],
    ['aws_kinesis_resource_policy', { resource_arn: 'arn:aws:kinesis:r:1:stream/s', policy: forOtherAccount }],
    ['aws_sqs_queue_policy', { queue_url: 'https://q', policy: forOtherAccount }],
    ['aws_sns_topic_policy', { arn: 'arn:aws:sns:r:1:t', policy: forOtherAccount }],
    [
      'aws_secretsmanager_secret_policy',
      { secret_arn: 'arn:aws:secretsmanager:r:1:secret:s', policy: forOtherAccount },
    ],
    ['aws_kms_key_policy', { key_id: 'k', policy: forOtherAccount }],
    ['aws_s3_bucket_policy', { bucket: 'b', policy: forOtherAccount }],
    [
      'aws_s3control_access_point_policy',
      { access_point_arn: 'arn:aws:s3:r:1:accesspoint/a', policy: forOtherAccount },
    ],
    ['aws_ecr_repository_policy', { repository: 'r', policy: forOtherAccount }],
    ['aws_ecr_registry_policy', { policy: forOtherAccount }],
    ['aws_api_gateway_rest_api_policy', { rest_api_id: 'a', policy: forOtherAccount }],
    ['aws_cloudwatch_event_bus_policy', { event_bus_name: 'b', policy: forOtherAccount }],
    ['aws_cloudwatch_log_resource_policy', { policy_name: 'p', policy_document: forOtherAccount }],
    ['aws_backup_vault_policy', { backup_vault_name: 'v', policy: forOtherAccount }],
    ['aws_efs_file_system_policy', { file_system_id: 'f', policy: forOtherAccount }],
    ['aws_opensearch_domain_policy', { domain_name: 'd', access_policies: forOtherAccount }],
    ['aws_codeartifact_domain_permissions_policy', { domain: 'd', policy_document: forOtherAccount }],
    ['aws_glue_resource_policy', { policy: forOtherAccount }],
    ['aws_ses_identity_policy', { identity: 'i', name: 'p', policy: forOtherAccount }],
    ['aws_vpc_endpoint_policy', { vpc_endpoint_id: 'e', policy: forOtherAccount }],
  ])('%s', (type, attributes) => {
    expect(changeWarnings(type, null, attributes)).toEqual([
      `access: allows \`x:Get\` on \`*\` to \`AWS:${OTHER_ACCOUNT}\``,
    ]);
  });
});

test.each<[type: string, name: string]>([
  ['aws_sqs_queue', 'policy'],
  ['aws_kms_key', 'policy'],
  ['aws_vpc_endpoint', 'policy'],
  ['aws_iam_role', 'assume_role_policy'],
  ['aws_opensearch_domain', 'access_policies'],
])('a new %s with another account in its policy causes a warning', (type, name) => {
  expect(changeWarnings(type, null, { [name]: forOtherAccount })).toEqual([
    `access: lets in \`AWS:${OTHER_ACCOUNT}\`, outside of your accounts, for \`x:Get\``,
  ]);
});

const get = document({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' });
const everything = document({ Effect: 'Allow', Action: '*', Resource: '*' });

test.each<[string, string, object, object, string]>([
  [
    'in a block',
    'aws_iam_role',
    { inline_policy: [{ name: 'a', policy: get }] },
    { inline_policy: [{ name: 'a', policy: everything }] },
    'in `inline_policy[0].policy` allows more actions: `*`',
  ],
  [
    'in a block that moved',
    'aws_iam_role',
    {
      inline_policy: [
        { name: 'a', policy: get },
        { name: 'b', policy: everything },
      ],
    },
    {
      inline_policy: [
        { name: 'b', policy: everything },
        { name: 'a', policy: everything },
      ],
    },
    'in `inline_policy[1].policy` allows more actions: `*`',
  ],
  [
    'in a new block',
    'aws_iam_role',
    { inline_policy: [] },
    { inline_policy: [{ name: 'a', policy: everything }] },
    'in `inline_policy[0].policy` allows `*` on `*`',
  ],
  [
    'in a template',
    'aws_cloudformation_stack',
    {
      template_body: JSON.stringify({
        Resources: { R: { Properties: { PolicyDocument: JSON.parse(get) as object } } },
      }),
    },
    {
      template_body: JSON.stringify({
        Resources: { R: { Properties: { PolicyDocument: JSON.parse(everything) as object } } },
      }),
    },
    'in `template_body.Resources.R.Properties.PolicyDocument` allows more actions: `*`',
  ],
  ['with other names', 'other_role', { text: get }, { text: everything }, 'allows more actions: `*`'],
  [
    'with names in lower case',
    'aws_iam_role_policy',
    { policy: get },
    { policy: '{"statement":{"effect":"Allow","action":"*","resource":"*"}}' },
    'allows more actions: `*`',
  ],
])('a policy %s is compared', (_, type, before, after, expected) => {
  const found = changeWarnings(type, before, after).filter((text) => text.startsWith('access'));
  expect(found).toEqual([`access: ${expected}`]);
});

test('lists every member, however many', () => {
  const actions = Array.from({ length: 300 }, (_, index) => `dynamodb:Action${index}`);
  const [text] = changeWarnings('aws_iam_role_policy', null, { role: 'r', ...policy(allow({ Action: actions })) });
  for (const action of actions) expect(text).toContain(`\`${action}\``);
});

test('compares 300 actions on 300 resources in less than a second', () => {
  const actions = Array.from({ length: 300 }, (_, index) => `dynamodb:Action${index}`);
  const resources = Array.from({ length: 300 }, (_, index) => `arn:aws:dynamodb:r:1:table/t${index}`);
  const before = policy(allow({ Action: actions, Resource: resources }));
  const after = policy(allow({ Action: [...actions, 'dynamodb:*'], Resource: resources }));
  const [warnings, milliseconds] = timed(() => changeWarnings('aws_iam_role_policy', before, after), 1_000);
  expect(warnings).toEqual(['access: allows more actions: `dynamodb:*`']);
  expect(milliseconds).toBeLessThan(1_000);
});

test('an unknown policy in a block is compared by the arguments of its data source', () => {
  const document = {
    address: 'data.aws_iam_policy_document.d',
    mode: 'data' as const,
    type: 'aws_iam_policy_document',
    change: {
      actions: ['read'],
      before: null,
      after: { statement: [{ actions: ['iam:PassRole'], resources: [null] }] },
      after_unknown: { json: true, statement: [{ resources: [true] }] },
    },
  };
  const role = {
    actions: ['create'],
    before: null,
    after: { inline_policy: [{ name: 'a' }] },
    after_unknown: { inline_policy: [{ policy: true }] },
  };
  const references = ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'];
  const raw = {
    ...rawPlan(resource('aws_iam_role', role), document),
    configuration: {
      root_module: {
        resources: [{ address: 'aws_iam_role.a', expressions: { inline_policy: [{ policy: { references } }] } }],
      },
    },
  };
  expect(warningTexts(parsePlan(raw, 'plan.json', 's'))).toEqual([
    'access: aws_iam_role.a in `inline_policy[0].policy` is new and allows `iam:PassRole` on (known after apply)',
  ]);
});

describe('a policy that is known only after the apply', () => {
  const warnings = (type: string, name: string, before: object | null) => {
    const change = { actions: [before ? 'update' : 'create'], before, after: {}, after_unknown: { [name]: true } };
    return warningTexts(parsePlan(rawPlan(resource(type, change as never)), 'plan.json', 's'));
  };

  test.each([
    ['aws_iam_role', 'assume_role_policy'],
    ['aws_opensearch_domain', 'access_policies'],
    ['aws_cloudwatch_log_resource_policy', 'policy_document'],
    ['aws_sqs_queue', 'policy'],
  ])('%s: %s causes a warning', (type, name) => {
    expect(warnings(type, name, { [name]: get })).toEqual([
      `access: ${type}.a sets \`${name}\` to a policy that is known only after the apply: check in the code what it allows`,
    ]);
  });

  test('of a new trust causes a warning, of a new queue none', () => {
    expect(warnings('aws_iam_role', 'assume_role_policy', null)).toHaveLength(1);
    expect(warnings('aws_sqs_queue', 'policy', null)).toEqual([]);
  });
});

test.each([
  ['a key that occurs twice', '{"Statement":[],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'],
  ['an action that is no text', document({ Effect: 'Allow', Action: { a: '*' }, Resource: '*' })],
  ['statements that are no objects', '{"Statement":"Allow"}'],
])('a policy with %s causes a warning', (_, broken) => {
  expect(changeWarnings('aws_iam_role_policy', { policy: get }, { policy: broken })).toContainEqual(
    expect.stringMatching(/^hidden: has an unreadable policy in `policy`: /),
  );
});

test('an account id as a number is an account id', () => {
  const trust = (account: unknown) => ({
    assume_role_policy: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account } }),
  });
  expect(changeWarnings('aws_iam_role', trust('111122223333'), trust([111122223333, 444455556666]))).toEqual([
    'access: lets in more principals: `AWS:444455556666`',
  ]);
});
