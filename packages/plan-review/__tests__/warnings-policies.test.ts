/** What a review warns of in policies that change, as far as they are known before the apply. */
import { planOf } from '../src';
import type { RawPlan } from '../src/schema';
import { findingsOf } from '../src/warnings';
import { allow, of, policy, texts } from './findings';
import { rawFixture, rawPlan, resource } from './plans';

const deny = (more: object) => ({ Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: '*', ...more });
const only = { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } };
const tls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

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
