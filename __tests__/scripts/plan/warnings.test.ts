import { type Plan, planOf } from '../../../scripts/plan';
import type { RawPlan } from '../../../scripts/plan/schema';
import { findingsOf } from '../../../scripts/plan/warnings';
import { fixture, planWith, rawFixture, rawPlan, resource } from './plans';

/** `kind: address text`, a line a finding. */
const texts = (plan: Plan) => findingsOf(plan).map(({ kind, address, text }) => `${kind}: ${address} ${text}`);

/** The findings about one change. */
const of = (type: string, before: unknown, after: unknown) =>
  findingsOf(planWith([type, before, after])).map(({ kind, text }) => `${kind}: ${text}`);

describe('real plans', () => {
  test.each(['create-items', 'create-manager', 'create-products', 'unchanged-items', 'setting-items', 'drift-items'])(
    '%s: nothing to warn of',
    (name) => expect(texts(fixture(name))).toEqual([]),
  );

  test('a table that is replaced, with another key', () => {
    expect(texts(fixture('replace-table-items'))).toEqual([
      'data: aws_dynamodb_table.items **is deleted and created anew, forced by `hash_key`** (`http-crud-tutorial-items`): ' +
        'its items will be lost; as point-in-time recovery is on, AWS keeps a backup for 35 days',
    ]);
  });

  test('protection that is switched off, logs that are kept shorter', () => {
    expect(texts(fixture('protection-items'))).toEqual([
      'data: aws_cloudwatch_log_group.api keeps logs for 7 days, and no longer for 14: older log lines will be lost',
      'data: aws_cloudwatch_log_group.function keeps logs for 7 days, and no longer for 14: older log lines will be lost',
      'protection: aws_dynamodb_table.items loses point-in-time recovery: AWS deletes its continuous backups',
      'protection: aws_dynamodb_table.items loses deletion protection',
    ]);
  });

  test('a route without its key, a policy with more, a permission without its source', () => {
    const found = texts(fixture('access-manager'));
    expect(found).toContain('access: aws_api_gateway_method.post_dynamodbmanager no longer wants an API key');
    expect(found).toContain('access: aws_iam_role_policy.function allows more actions: `dynamodb:*`');
    expect(found).toContainEqual(
      expect.stringMatching(/^access: aws_lambda_permission\.\w+ loses its limit `source_arn`, which was `arn:aws:/),
    );
    expect(found).toContain(
      'callers: aws_api_gateway_api_key.key gets another value: callers with the old one get a 403',
    );
  });

  test('a function a route: of all that is made, moved and deleted, only the logs are lost', () => {
    expect(texts(fixture('per-route-items'))).toEqual([
      expect.stringMatching(/^data: aws_cloudwatch_log_group\.function \*\*is deleted\*\*/),
    ]);
  });

  test('all that is destroyed: table, logs, and one line for the API', () => {
    expect(texts(fixture('destroy-items')).map((text) => text.slice(0, 40))).toHaveLength(4);
  });

  test('a policy that is not known yet gains an action: its data source tells', () => {
    const raw = rawFixture('replace-table-items');
    const json = JSON.stringify(raw).replace(
      '["dynamodb:DeleteItem",',
      '["dynamodb:BatchWriteItem","dynamodb:DeleteItem",',
    );
    expect(json).not.toBe(JSON.stringify(raw));
    expect(texts(planOf(JSON.parse(json) as RawPlan, 'plan.json', 'items'))).toContain(
      'access: aws_iam_role_policy.function allows more actions: `dynamodb:BatchWriteItem`',
    );
  });
});

describe('a policy that is not known yet', () => {
  const DOCUMENT = 'data.aws_iam_policy_document.function_permissions';
  const WRITES = 'access: aws_iam_role_policy.function ';
  /** The plan of a table that is replaced, whose policy's last statement, about the table, gets more unknown resources. */
  const replaced = (more: number, edit: (raw: RawPlan) => unknown = () => undefined) => {
    const raw = rawFixture('replace-table-items');
    const read = raw.resource_changes?.find(({ address }) => address === DOCUMENT);
    const { after, after_unknown: unknown } = read?.change as unknown as Record<
      string,
      { statement: { resources: (boolean | null)[] }[] }
    >;
    for (let i = 0; i < more; i += 1) {
      after?.statement[1]?.resources.push(null);
      unknown?.statement[1]?.resources.push(true);
    }
    edit(raw);
    return texts(planOf(raw, 'plan.json', 'items')).filter((text) => text.startsWith('access'));
  };
  const made = (table: string) => (raw: RawPlan) => {
    const document = raw.configuration?.root_module?.resources?.find(({ address }) => address === DOCUMENT);
    Object.assign(document?.expressions ?? {}, {
      statement: [{ resources: { references: [`${table}.arn`, table] } }],
    });
  };
  /** As when the table that the policy was about stays, and the policy is about another one. */
  const stays = (raw: RawPlan) => {
    Object.assign(raw, { resource_changes: raw.resource_changes?.filter(({ type }) => type !== 'aws_dynamodb_table') });
  };

  test('and is about a table that is replaced reaches no more', () => {
    expect(replaced(0)).toEqual([]);
    expect(replaced(0, made('aws_dynamodb_table.items'))).toEqual([]);
  });

  test.each([1, 2])('reaches more with %d new tables beside it', (count) => {
    const expected = [`${WRITES}reaches resources known only after the apply: ${count} more`];
    expect(replaced(count)).toEqual(expected);
    expect(replaced(count, made('aws_dynamodb_table.items'))).toEqual(expected);
  });

  test('reaches something else in the place of a table that stays, or that it is no longer made from', () => {
    const other =
      'reaches resources known only after the apply: 1, and no longer `arn:aws:dynamodb:us-east-1:000000000000:table/http-crud-tutorial-items`';
    expect(replaced(0, stays)).toEqual([WRITES + other]);
    expect(replaced(0, made('aws_dynamodb_table.others'))).toEqual([WRITES + other]);
  });

  test('hides no second table behind the one that is replaced, in a statement of its own', () => {
    const more = (raw: RawPlan) => {
      const read = raw.resource_changes?.find(({ address }) => address === DOCUMENT);
      for (const side of [read?.change.after, read?.change.after_unknown] as unknown as { statement: unknown[] }[]) {
        side.statement.push(side.statement[1]);
      }
    };
    expect(replaced(0, more)).toEqual([`${WRITES}reaches resources known only after the apply: 1 more`]);
  });

  test('a new one of a role that is there, of which nothing tells, is named', () => {
    const change = {
      actions: ['create'],
      before: null,
      after: { role: 'r' },
      after_unknown: { policy: true, id: true },
    };
    expect(texts(planOf(rawPlan(resource('aws_iam_role_policy', change)), 'plan.json', 's'))).toEqual([
      'access: aws_iam_role_policy.a has in `policy` a policy that is known only after the apply: see in the code what it allows',
    ]);
  });
});

const allow = (more: object) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...more });
const deny = (more: object) => ({ Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: '*', ...more });
const policy = (...Statement: object[]) => ({ policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
const only = { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } };
const tls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

test.each<[string, object, object, readonly string[]]>([
  ['the same', policy(allow({})), policy(allow({})), []],
  ['fewer actions', policy(allow({ Action: ['s3:GetObject', 's3:PutObject'] })), policy(allow({})), []],
  ['what a wildcard had', policy(allow({ Action: 's3:Get*' })), policy(allow({ Action: 'S3:getobject' })), []],
  [
    'more actions',
    policy(allow({})),
    policy(allow({ Action: ['s3:GetObject', 's3:*'] })),
    ['allows more actions: `s3:*`'],
  ],
  ['more resources', policy(allow({})), policy(allow({ Resource: '*' })), ['reaches more resources: `*`']],
  [
    'more principals',
    policy(allow({ Principal: { AWS: '1' } })),
    policy(allow({ Principal: { AWS: ['1', '*'] } })),
    ['lets in more principals: `*`'],
  ],
  ['a condition that goes', policy(allow(only)), policy(allow({})), ['loses or loosens a condition of `s3:GetObject`']],
  ['a condition that comes', policy(allow({})), policy(allow(only)), []],
  [
    'another value in a condition',
    policy(allow(only)),
    policy(allow({ Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2'] } } })),
    ['loses or loosens a condition of `s3:GetObject`'],
  ],
  [
    'pairs that were apart',
    policy(allow({}), allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::c/*' })),
    policy(allow({ Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::b/*'] })),
    ['combines what it did not before: `s3:PutObject` on `arn:aws:s3:::b/*`'],
  ],
  ['a Deny that goes', policy(allow({}), deny(tls)), policy(allow({})), ['no longer denies `s3:*`']],
  ['a Deny with one condition more', policy(deny({})), policy(deny(tls)), ['no longer denies `s3:*`']],
  ['a Deny that grows', policy(deny(tls)), policy(deny({})), []],
  [
    'NotAction',
    policy(allow({})),
    policy(allow({}), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    ['allows with NotAction, NotResource or NotPrincipal, which cannot be compared: look at it closely'],
  ],
])('a policy with %s', (_, before, after, expected) => {
  expect(of('aws_s3_bucket_policy', before, after)).toEqual(expected.map((text) => `access: ${text}`));
});

test('a policy that nothing tells of before the apply', () => {
  const change = { actions: ['update'], before: policy(allow({})), after: {}, after_unknown: { policy: true } };
  expect(texts(planOf(rawPlan(resource('aws_iam_policy', change)), 'plan.json', 's'))).toEqual([
    'access: aws_iam_policy.a has in `policy` a policy that is known only after the apply: see in the code what it allows',
  ]);
});

describe('a policy that only its data source tells of', () => {
  const statement = {
    actions: ['s3:PutObject', 's3:GetObject'],
    resources: [null],
    principals: [{ type: 'AWS', identifiers: ['1', '2'] }],
    condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['1'] }],
  };
  const before = policy({
    Effect: 'Allow',
    Action: ['s3:PutObject', 's3:GetObject'],
    Resource: 'arn:aws:s3:::b/*',
    Principal: { AWS: ['2', '1'] },
    ...only,
  });
  /** The bucket of the policy is replaced. */
  const bucket = resource('aws_s3_bucket', {
    actions: ['delete', 'create'],
    before: { arn: 'arn:aws:s3:::b' },
    after: {},
    after_unknown: { arn: true },
  });
  const plan = (more: object, unknown: object = {}) => {
    const document = {
      actions: ['read'],
      after: { statement: [{ ...statement, ...more }] },
      after_unknown: { json: true, statement: [{ resources: [true], ...unknown }] },
    };
    const changed = { actions: ['update'], before, after: {}, after_unknown: { policy: true } };
    const references = ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'];
    const raw: RawPlan = {
      ...rawPlan(bucket, resource('aws_s3_bucket_policy', changed), {
        address: 'data.aws_iam_policy_document.d',
        mode: 'data',
        type: 'aws_iam_policy_document',
        change: document,
      }),
      configuration: {
        root_module: { resources: [{ address: 'aws_s3_bucket_policy.a', expressions: { policy: { references } } }] },
      },
    };
    return findingsOf(planOf(raw, 'plan.json', 's'))
      .filter(({ kind }) => kind === 'access')
      .map(({ text }) => text);
  };

  test.each<[object, readonly string[]]>([
    [{}, []],
    [{ condition: [] }, ['loses or loosens a condition of `s3:PutObject`, `s3:GetObject`']],
    [{ principals: [{ type: '*', identifiers: ['*'] }] }, ['lets in more principals: `*`']],
    [{ actions: ['s3:*'] }, ['allows more actions: `s3:*`']],
    [
      { not_actions: ['s3:ListBucket'] },
      ['allows with NotAction, NotResource or NotPrincipal, which cannot be compared: look at it closely'],
    ],
  ])('%j', (more, expected) => expect(plan(more)).toEqual(expected));

  test.each<[string, object, object, readonly string[]]>([
    [
      'principal',
      { principals: [{ type: 'AWS', identifiers: ['1', '2', null] }] },
      { principals: [{ identifiers: [false, false, true] }] },
      ['lets in principals known only after the apply: 1 more'],
    ],
    [
      'action',
      { actions: ['s3:PutObject', 's3:GetObject', null] },
      { actions: [false, false, true] },
      ['allows actions known only after the apply: 1 more'],
    ],
    [
      'value of a condition',
      { condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [null] }] },
      { condition: [{ values: [true] }] },
      ['has a condition whose value is known only after the apply, of `s3:PutObject`, `s3:GetObject`'],
    ],
  ])('a %s that becomes unknown', (_, more, unknown, expected) => expect(plan(more, unknown)).toEqual(expected));
});

describe('something new', () => {
  const role = [
    'aws_iam_role',
    null,
    {
      name: 'r',
      assume_role_policy: JSON.stringify({ Statement: [allow({ Principal: { Service: 'lambda.amazonaws.com' } })] }),
    },
  ] as const;
  const inline = ['aws_iam_role_policy', null, { role: 'r', ...policy(allow({})) }] as const;

  test('of a new role widens nothing', () => {
    expect(texts(planWith(role, inline))).toEqual([]);
  });

  test('of a role that is there does', () => {
    expect(texts(planWith(inline))).toEqual([
      'access: aws_iam_role_policy.r0 allows `s3:GetObject` on `arn:aws:s3:::b/*`',
    ]);
  });

  test('of a role that is replaced does: the role was there', () => {
    const raw = rawFixture('per-route-items');
    const role = raw.resource_changes?.find(({ address }) => address === 'aws_iam_role.get');
    const before = { ...(role?.change.after as object), path: '/old/' };
    Object.assign(role?.change ?? {}, { actions: ['delete', 'create'], before, replace_paths: [['path']] });
    expect(texts(planOf(raw, 'plan.json', 'items')).filter((text) => text.startsWith('access'))).toEqual([
      expect.stringMatching(
        /^access: aws_iam_role_policy\.get allows `logs:PutLogEvents`, `logs:CreateLogStream`, `dynamodb:GetItem` on /,
      ),
    ]);
  });

  test('of an API that is replaced does, though its id is not known', () => {
    const api = (action: string[]) =>
      resource('aws_apigatewayv2_api', { actions: action, before: {}, after: {}, after_unknown: { id: true } });
    const after = { authorization_type: 'NONE' };
    const route = { actions: ['create'], before: null, after, after_unknown: { api_id: true } };
    const references = ['aws_apigatewayv2_api.a.id', 'aws_apigatewayv2_api.a'];
    const plan = (...action: string[]) => ({
      ...rawPlan(api(action), resource('aws_apigatewayv2_route', route)),
      configuration: {
        root_module: { resources: [{ address: 'aws_apigatewayv2_route.a', expressions: { api_id: { references } } }] },
      },
    });
    const found = (...action: string[]) =>
      texts(planOf(plan(...action), 'plan.json', 's')).filter((text) => text.startsWith('access'));
    expect(found('create')).toEqual([]);
    expect(found('delete', 'create')).toEqual([expect.stringMatching(/open to anybody$/)]);
  });

  test('that allows everything is named in any case', () => {
    const all = ['aws_iam_role_policy', null, { role: 'r', ...policy(allow({ Action: '*', Resource: '*' })) }] as const;
    expect(texts(planWith(role, all))).toEqual(['access: aws_iam_role_policy.r1 is new, and allows everything of `*`']);
    expect(of('aws_s3_bucket_policy', null, { bucket: 'b', ...policy(allow({ Principal: '*' })) })).toEqual([
      'access: allows `s3:GetObject` on `arn:aws:s3:::b/*` to `*`',
    ]);
  });

  test.each<[string, string, object, RegExp]>([
    [
      'permission without a source',
      'aws_lambda_permission',
      { principal: 's3.amazonaws.com', function_name: 'f' },
      /with no `source_arn`/,
    ],
    [
      'permission of a function that is there',
      'aws_lambda_permission',
      { principal: 'p', function_name: 'f', source_arn: 'a' },
      /another source/,
    ],
    ['function URL', 'aws_lambda_function_url', { authorization_type: 'NONE' }, /anybody can invoke/],
    [
      'route of an API that is there',
      'aws_apigatewayv2_route',
      { api_id: 'x', authorization_type: 'NONE' },
      /open to anybody/,
    ],
    [
      'attachment',
      'aws_iam_role_policy_attachment',
      { role: 'r', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      /AdministratorAccess/,
    ],
  ])('%s', (_, type, after, expected) => {
    expect(of(type, null, after)).toEqual([expect.stringMatching(expected)]);
  });
});

test.each<[string, string, object, object | null, string | undefined]>([
  [
    'authorization',
    'aws_api_gateway_method',
    { authorization: 'AWS_IAM' },
    { authorization: 'NONE' },
    'access: no longer authorizes its callers: `AWS_IAM` becomes NONE',
  ],
  [
    'authorizer',
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT', authorizer_id: 'a' },
    { authorization_type: 'JWT' },
    'access: loses its authorizer',
  ],
  [
    'scope',
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT', authorization_scopes: ['a', 'b'] },
    { authorization_type: 'JWT', authorization_scopes: ['a'] },
    'access: no longer wants the scopes `b`',
  ],
  [
    'public access block',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true },
    { block_public_policy: false },
    'access: no longer blocks public access: `block_public_policy`',
  ],
  [
    'public access block gone',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true },
    null,
    'access: is deleted: the bucket can be made public',
  ],
  ['source within the old', 'aws_lambda_permission', { source_arn: 'arn:x/*' }, { source_arn: 'arn:x/y' }, undefined],
  [
    'source beside the old',
    'aws_lambda_permission',
    { source_arn: 'arn:x/y' },
    { source_arn: 'arn:x/*' },
    'access: lets in another `source_arn`: `arn:x/*`, and not `arn:x/y` as before',
  ],
  [
    'boundary',
    'aws_iam_role',
    { permissions_boundary: 'arn:b' },
    { permissions_boundary: null },
    'access: loses its permissions boundary',
  ],
  [
    'audience',
    'aws_iam_openid_connect_provider',
    { client_id_list: ['a'] },
    { client_id_list: ['a', 'b'] },
    'access: accepts tokens for more audiences: `b`',
  ],
  [
    'retention for ever',
    'aws_cloudwatch_log_group',
    { retention_in_days: 0 },
    { retention_in_days: 90 },
    'data: keeps logs for 90 days, and no longer for ever: older log lines will be lost',
  ],
  ['retention that grows', 'aws_cloudwatch_log_group', { retention_in_days: 14 }, { retention_in_days: 30 }, undefined],
  [
    'time to live',
    'aws_dynamodb_table',
    { ttl: [] },
    { ttl: [{ enabled: true, attribute_name: 'at' }] },
    'data: gets a time to live: items whose `at` is past will be deleted',
  ],
  [
    'replica',
    'aws_dynamodb_table',
    { replica: [{ region_name: 'eu-west-1' }] },
    { replica: [] },
    'data: loses its replica in `eu-west-1`',
  ],
  [
    'versioning',
    'aws_s3_bucket_versioning',
    { versioning_configuration: [{ status: 'Enabled' }] },
    { versioning_configuration: [{ status: 'Suspended' }] },
    'protection: ends versioning: what is overwritten or deleted is gone',
  ],
  [
    'bucket',
    'aws_s3_bucket',
    { bucket: 'b', force_destroy: false },
    null,
    'data: **is deleted** (`b`): its objects will be lost',
  ],
  ['log group that stays', 'aws_cloudwatch_log_group', { name: 'a', skip_destroy: true }, null, undefined],
  [
    'protected table',
    'aws_dynamodb_table',
    { name: 't', deletion_protection_enabled: true },
    null,
    'data: **is deleted** (`t`): its items will be lost; AWS will refuse it, as deletion protection is on',
  ],
  [
    'route',
    'aws_api_gateway_method',
    { authorization: 'NONE' },
    null,
    'callers: is deleted: callers of the route get an error',
  ],
  [
    'key',
    'aws_api_gateway_api_key',
    { enabled: true },
    { enabled: false },
    'callers: is disabled: callers with the key get a 403',
  ],
])('%s', (_, type, before, after, expected) => {
  expect(of(type, before, after)).toEqual(expected === undefined ? [] : [expected]);
});
