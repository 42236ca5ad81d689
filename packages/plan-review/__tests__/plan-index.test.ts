import { type Plan, parsePlan } from '../src';
import type { Parent } from '../src/model/plan';
import { createPlanIndex } from '../src/model/plan-index';
import { UNKNOWN } from '../src/model/value';
import type { RawChange } from '../src/read/schema';
import { rawPlan, resource } from './support/plans';
import { timed } from './support/cpu-time';

const REFERENCES = { references: ['PARENT.parent.arn', 'PARENT.parent'] };

/** A plan with a parent, and a child that refers to it with one attribute. */
function family(parent: string, parentChange: RawChange, child: string, name: string, value: unknown): Plan {
  const after = value === UNKNOWN ? {} : { [name]: value };
  const change = {
    actions: ['create'],
    before: null,
    after: { ...after, policy: 'aws_sns_topic.other' },
    after_unknown: value === UNKNOWN ? { [name]: true } : {},
  };
  const raw = rawPlan(
    resource(parent, parentChange, 'parent'),
    resource('aws_sns_topic', { actions: ['create'], before: null, after: {} }, 'other'),
    resource(child, change, 'child'),
  );
  const expressions = JSON.parse(JSON.stringify({ [name]: REFERENCES }).replaceAll('PARENT', parent)) as object;
  // Principals, and resources in the policy, do not identify the parent.
  const others = { policy: { references: ['aws_sns_topic.other.arn', 'aws_sns_topic.other'] } };
  const resources = [{ address: `${child}.child`, expressions: { ...expressions, ...others } }];
  return parsePlan({ ...raw, configuration: { root_module: { resources } } }, 'plan.json', 'stack');
}

function parentOf(plan: Plan, side?: 'before' | 'after'): Parent | undefined {
  const child = plan.changes.find(({ address }) => address.endsWith('.child'));
  return child && plan.index.parent(child, side);
}

const created = (values: object): RawChange => ({ actions: ['create'], before: null, after: values as never });
const changed: RawChange = { actions: ['update'], before: { tags: 1 }, after: { tags: 2 } };
const kept: RawChange = { actions: ['no-op'], before: {}, after: {} };
const replaced: RawChange = {
  actions: ['delete', 'create'],
  before: { arn: 'arn:old' },
  after: {},
  after_unknown: { arn: true },
};

const CHILDREN: readonly (readonly [parent: string, child: string, name: string])[] = [
  ['aws_sqs_queue', 'aws_sqs_queue_policy', 'queue_url'],
  ['aws_dynamodb_table', 'aws_dynamodb_resource_policy', 'resource_arn'],
  ['aws_kinesis_stream', 'aws_kinesis_resource_policy', 'resource_arn'],
  ['aws_secretsmanager_secret', 'aws_secretsmanager_secret_policy', 'secret_arn'],
  ['aws_kms_key', 'aws_kms_key_policy', 'key_id'],
  ['aws_sns_topic', 'aws_sns_topic_policy', 'arn'],
  ['aws_s3_bucket', 'aws_s3_bucket_policy', 'bucket'],
  ['aws_ecr_repository', 'aws_ecr_repository_policy', 'repository'],
  ['aws_cloudwatch_event_bus', 'aws_cloudwatch_event_bus_policy', 'event_bus_name'],
  ['aws_backup_vault', 'aws_backup_vault_policy', 'backup_vault_name'],
  ['aws_api_gateway_rest_api', 'aws_api_gateway_rest_api_policy', 'rest_api_id'],
  ['aws_lambda_function', 'aws_lambda_permission', 'function_name'],
  ['aws_iam_role', 'aws_iam_role_policy', 'role'],
];

test.each(CHILDREN)('finds the parent %s of %s by its reference %s', (parent, child, name) => {
  const parentWith = (change: RawChange) => parentOf(family(parent, change, child, name, UNKNOWN));
  expect(parentWith(created({ name: 'x' }))).toBe('new');
  expect(parentWith(replaced)).toBe('existing');
  expect(parentWith(changed)).toBe('existing');
  expect(parentWith(kept)).toBe('existing');
});

test('finds a created parent by a value', () => {
  expect(parentOf(family('aws_s3_bucket', created({ bucket: 'b' }), 'aws_s3_bucket_policy', 'bucket', 'b'))).toBe(
    'new',
  );
  const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/t';
  expect(
    parentOf(family('aws_dynamodb_table', created({ arn }), 'aws_dynamodb_resource_policy', 'resource_arn', arn)),
  ).toBe('new');
});

test.each(CHILDREN)(
  'a created %s with the name that %s has in %s is the parent only by a reference',
  (parent, child, name) => {
    const arn = 'arn:aws:iam::111122223333:role/admin';
    const decoy = created({ arn });
    expect(parentOf(family(parent, decoy, child, name, arn))).toBe('new');
    const plan = family(parent, decoy, child, name, arn);
    const references = { [`${child}.child`]: { [name]: [], policy: [] } };
    const index = createPlanIndex({ ...plan, references });
    const change = plan.changes.find(({ address }) => address.endsWith('.child'));
    expect(change && index.parent(change)).toBe('existing');
  },
);

test('a created role with the name of another role in its description is not the parent', () => {
  const parentWith = (values: object) =>
    parentOf(family('aws_iam_role', created(values), 'aws_iam_role_policy', 'role', 'admin'));
  expect(parentWith({ name: 'admin' })).toBe('new');
  expect(parentWith({ name: 'own', description: 'admin' })).toBe('existing');
});

test('a created resource of another type with the same name is not the parent', () => {
  const plan = parsePlan(
    rawPlan(
      resource('aws_dynamodb_table', created({ name: 'items' }), 'parent'),
      resource('aws_iam_role_policy', created({ role: 'items' }), 'child'),
      resource('aws_cloudwatch_event_bus_policy', created({ event_bus_name: 'items' }), 'bus'),
    ),
    'plan.json',
    'stack',
  );
  expect(parentOf(plan)).toBe('existing');
  const bus = plan.changes.find(({ address }) => address.endsWith('.bus'));
  expect(bus && plan.index.parent(bus)).toBe('unknown');
});

test('a role attachment to an existing and a new role has an existing parent', () => {
  const plan = parsePlan(
    rawPlan(
      resource('aws_iam_role', created({ name: 'new' }), 'parent'),
      resource('aws_iam_policy_attachment', created({ roles: ['new', 'old'] }), 'child'),
    ),
    'plan.json',
    'stack',
  );
  expect(parentOf(plan)).toBe('existing');
});

test('a resource that belongs to no other is new when it is created', () => {
  const plan = parsePlan(rawPlan(resource('aws_kms_key', created({ policy: '{}' }), 'child')), 'plan.json', 'stack');
  expect(parentOf(plan)).toBe('new');
});

test('knows whether the plan destroys the parent', () => {
  const deleted = (values: object): RawChange => ({ actions: ['delete'], before: values as never, after: null });
  const side = (parentChange: RawChange) =>
    parentOf(
      parsePlan(
        rawPlan(
          resource('aws_iam_role', parentChange, 'parent'),
          resource('aws_iam_role_policy', deleted({ role: 'r' }), 'child'),
        ),
        'plan.json',
        'stack',
      ),
    );
  expect(side(deleted({ name: 'r' }))).toBe('destroyed');
  expect(side({ actions: ['delete', 'create'], before: { name: 'r' }, after: { name: 'r' } })).toBe('destroyed');
  expect(side(deleted({ name: 'other' }))).toBe('existing');
});

test.each<[string, string, RawChange, Parent]>([
  ['a new function', 'aws_lambda_function.f', created({ function_name: 'f' }), 'new'],
  ['a new function, named by its alias', 'aws_lambda_alias.live', created({ function_name: 'f' }), 'new'],
  ['an existing function', 'aws_lambda_function.f', kept, 'existing'],
  ['an existing function, named by its alias', 'aws_lambda_alias.live', kept, 'existing'],
])('the permission of %s, beside a new alias', (_, named, functionChange, expected) => {
  const raw = rawPlan(
    resource('aws_lambda_function', functionChange, 'f'),
    resource('aws_lambda_alias', created({ function_name: 'f', name: 'live' }), 'live'),
    resource('aws_lambda_permission', created({ function_name: 'f', qualifier: 'live' }), 'child'),
  );
  const resources = [
    {
      address: 'aws_lambda_alias.live',
      expressions: { function_name: { references: ['aws_lambda_function.f.function_name'] } },
    },
    {
      address: 'aws_lambda_permission.child',
      expressions: { function_name: { references: [`${named}.function_name`, named] } },
    },
  ];
  expect(parentOf(parsePlan({ ...raw, configuration: { root_module: { resources } } }, 'plan.json', 'stack'))).toBe(
    expected,
  );
});

test('finds changes by address, and the names that a re-created resource loses', () => {
  const plan = parsePlan(rawPlan(resource('aws_sqs_queue', replaced, 'q["a]b"]')), 'plan.json', 'stack');
  expect(plan.index.byAddress.get('aws_sqs_queue.q["a]b"]')?.action).toBe('replace');
  expect([...plan.index.lostNames]).toEqual([['aws_sqs_queue.q', ['arn:old']]]);
});

test('finds the data source of a change in its module instance', () => {
  const read: RawChange = { actions: ['read'], before: null, after: {} };
  const document = (address: string) => ({ ...resource('d', read), mode: 'data' as const, address });
  const source = 'module.m.data.aws_iam_policy_document.d';
  const modules = ['module.m["a"]', 'module.m["b.c[0]"]'];
  const queues = [...modules.map((module) => `${module}.q.a[1]`), 'q.a'];
  const many = ['a', 'b'].map((key) => document(`data.aws_iam_policy_document.many["${key}"]`));
  const plan = parsePlan(
    rawPlan(
      ...modules.map((module) => document(`${module}.data.aws_iam_policy_document.d`)),
      ...many,
      ...queues.map((address) => ({ ...resource('q', created({})), address })),
    ),
    'plan.json',
    'stack',
  );
  expect(plan.changes.map((change) => plan.index.readFor(change, source)?.address)).toEqual([
    'module.m["a"].data.aws_iam_policy_document.d',
    'module.m["b.c[0]"].data.aws_iam_policy_document.d',
    undefined,
  ]);
  const root = plan.changes.at(-1);
  expect(root && plan.index.readFor(root, 'data.aws_iam_policy_document.many')).toBeUndefined();
});

test('finds the parents of 3,000 policies in three seconds', () => {
  const resources = Array.from({ length: 3_000 }, (_, index) => [
    resource('aws_sqs_queue', created({ name: `q${index}`, url: `https://q/${index}` }), `q${index}`),
    resource('aws_sqs_queue_policy', created({ queue_url: `https://q/${index}` }), `p${index}`),
  ]);
  const [parents, milliseconds] = timed(() => {
    const plan = parsePlan(rawPlan(...resources.flat()), 'plan.json', 'stack');
    return plan.changes.map((change) => plan.index.parent(change));
  }, 3_000);
  expect(milliseconds).toBeLessThan(3_000);
  expect(new Set(parents)).toEqual(new Set(['new']));
});
