/** Warnings about changed policies, known or unknown before the apply. */
import { parsePlan } from '../src';
import type { RawPlan } from '../src/read/schema';
import { allow, changeWarnings, policy, warningTexts } from './support/warnings';
import { rawFixture, rawPlan, resource } from './support/plans';

const NEW_NEGATION =
  'has a new or changed Allow statement with NotAction, NotResource or NotPrincipal, which plan-review compares only as a whole: ';
const deny = (more: object) => ({ Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: '*', ...more });
const fromAccount = { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } };
const withoutTls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

describe('an unknown policy', () => {
  const DOCUMENT = 'data.aws_iam_policy_document.function_permissions';
  const WRITES = 'access: aws_iam_role_policy.function ';
  /** Replaces a table, and adds unknown resources to the statement that grants access to the table. */
  const replacedTable = (additional: number, edit: (raw: RawPlan) => unknown = () => undefined) => {
    const raw = rawFixture('replace-table-items');
    const read = raw.resource_changes?.find(({ address }) => address === DOCUMENT);
    const { after, after_unknown: unknown } = read?.change as unknown as Record<
      string,
      { statement: { resources: (boolean | null)[] }[] }
    >;
    for (let i = 0; i < additional; i += 1) {
      after?.statement[1]?.resources.push(null);
      unknown?.statement[1]?.resources.push(true);
    }
    edit(raw);
    return warningTexts(parsePlan(raw, 'plan.json', 'items')).filter((text) => text.startsWith('access'));
  };
  const referringTo = (table: string) => (raw: RawPlan) => {
    const document = raw.configuration?.root_module?.resources?.find(({ address }) => address === DOCUMENT);
    Object.assign(document?.expressions ?? {}, {
      statement: [{ resources: { references: [`${table}.arn`, table] } }],
    });
  };
  /** Keeps the old table, so the unknown resource in the policy is a new resource. */
  const keepTable = (raw: RawPlan) => {
    Object.assign(raw, { resource_changes: raw.resource_changes?.filter(({ type }) => type !== 'aws_dynamodb_table') });
  };

  test('of a replaced table does not widen access', () => {
    expect(replacedTable(0)).toEqual([]);
    expect(replacedTable(0, referringTo('aws_dynamodb_table.items'))).toEqual([]);
  });

  test.each([
    [1, '1 more resource'],
    [2, '2 more resources'],
  ])('widens access with %d additional unknown tables', (count, more) => {
    const expected = [`${WRITES}reaches ${more} known only after the apply`];
    expect(replacedTable(count)).toEqual(expected);
    expect(replacedTable(count, referringTo('aws_dynamodb_table.items'))).toEqual(expected);
  });

  test('reaches an additional resource when the old table stays or the policy no longer refers to it', () => {
    const other =
      'reaches 1 resource known only after the apply, instead of `arn:aws:dynamodb:us-east-1:000000000000:table/http-crud-tutorial-items`';
    expect(replacedTable(0, keepTable)).toEqual([WRITES + other]);
    expect(replacedTable(0, referringTo('aws_dynamodb_table.others'))).toEqual([WRITES + other]);
  });

  test('widens access with a second unknown table in another statement', () => {
    const more = (raw: RawPlan) => {
      const read = raw.resource_changes?.find(({ address }) => address === DOCUMENT);
      for (const side of [read?.change.after, read?.change.after_unknown] as unknown as { statement: unknown[] }[]) {
        side.statement.push(side.statement[1]);
      }
    };
    expect(replacedTable(0, more)).toEqual([`${WRITES}reaches 1 more resource known only after the apply`]);
  });

  test('of an existing role is reported when it is new', () => {
    const change = {
      actions: ['create'],
      before: null,
      after: { role: 'r' },
      after_unknown: { policy: true, id: true },
    };
    expect(warningTexts(parsePlan(rawPlan(resource('aws_iam_role_policy', change)), 'plan.json', 's'))).toEqual([
      'access: aws_iam_role_policy.a sets `policy` to a policy that is known only after the apply: check in the code what it allows',
    ]);
  });
});

test.each<[string, object, object, readonly string[]]>([
  ['no change', policy(allow({})), policy(allow({})), []],
  ['fewer actions', policy(allow({ Action: ['s3:GetObject', 's3:PutObject'] })), policy(allow({})), []],
  [
    'an action that a wildcard included',
    policy(allow({ Action: 's3:Get*' })),
    policy(allow({ Action: 'S3:getobject' })),
    [],
  ],
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
  [
    'a removed condition',
    policy(allow(fromAccount)),
    policy(allow({})),
    ['removes or loosens a condition on `s3:GetObject`'],
  ],
  ['an added condition', policy(allow({})), policy(allow(fromAccount)), []],
  [
    'an additional value in a condition',
    policy(allow(fromAccount)),
    policy(allow({ Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2'] } } })),
    ['removes or loosens a condition on `s3:GetObject`'],
  ],
  [
    'a new combination of action and resource',
    policy(allow({}), allow({ Action: 's3:PutObject', Resource: 'arn:aws:s3:::c/*' })),
    policy(allow({ Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::b/*'] })),
    ['allows new combinations: `s3:PutObject` on `arn:aws:s3:::b/*`'],
  ],
  ['a removed Deny', policy(allow({}), deny(withoutTls)), policy(allow({})), ['no longer denies `s3:*`']],
  ['a Deny with an additional condition', policy(deny({})), policy(deny(withoutTls)), ['no longer denies `s3:*`']],
  ['a Deny without its condition', policy(deny(withoutTls)), policy(deny({})), []],
  [
    'NotAction',
    policy(allow({})),
    policy(allow({}), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    [NEW_NEGATION],
  ],
])('a policy with %s', (_, before, after, expected) => {
  const found = changeWarnings('aws_s3_bucket_policy', before, after).map((text) =>
    text.replace(/(as a whole: ).*/, '$1'),
  );
  expect(found).toEqual(expected.map((text) => `access: ${text}`));
});

test('a policy without a data source is reported as unknown', () => {
  const change = { actions: ['update'], before: policy(allow({})), after: {}, after_unknown: { policy: true } };
  expect(warningTexts(parsePlan(rawPlan(resource('aws_iam_policy', change)), 'plan.json', 's'))).toEqual([
    'access: aws_iam_policy.a sets `policy` to a policy that is known only after the apply: check in the code what it allows',
  ]);
});

describe('an unknown policy with a data source', () => {
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
    ...fromAccount,
  });
  /** Replaces the policy's bucket. */
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
    return warningTexts(parsePlan(raw, 'plan.json', 's'))
      .filter((text) => text.startsWith('access: '))
      .map((text) => text.slice('access: aws_s3_bucket_policy.a '.length).replace(/(as a whole: ).*/, '$1'));
  };

  test.each<[object, readonly string[]]>([
    [{}, []],
    [{ condition: [] }, ['removes or loosens a condition on `s3:PutObject`, `s3:GetObject`']],
    [
      { principals: [{ type: '*', identifiers: ['*'] }] },
      ['lets in more principals: `*` if { "StringEquals": { "aws:SourceAccount": "1" } }'],
    ],
    [{ actions: ['s3:*'] }, ['allows more actions: `s3:*`']],
    [{ not_actions: ['s3:ListBucket'] }, [NEW_NEGATION]],
  ])('compares the arguments with %j', (more, expected) => expect(plan(more)).toEqual(expected));

  test.each<[string, object, object, readonly string[]]>([
    [
      'principal',
      { principals: [{ type: 'AWS', identifiers: ['1', '2', null] }] },
      { principals: [{ identifiers: [false, false, true] }] },
      ['lets in 1 more principal known only after the apply'],
    ],
    [
      'action',
      { actions: ['s3:PutObject', 's3:GetObject', null] },
      { actions: [false, false, true] },
      ['allows 1 more action known only after the apply'],
    ],
    [
      'value of a condition',
      { condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [null] }] },
      { condition: [{ values: [true] }] },
      ['has a condition value known only after the apply, on `s3:PutObject`, `s3:GetObject`'],
    ],
  ])('reports an unknown %s', (_, more, unknown, expected) => expect(plan(more, unknown)).toEqual(expected));
});
