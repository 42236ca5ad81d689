/** Thirty systems fit into the policies of the pipeline: every policy stays below IAM's limits, and covers every resource. */
import { items } from '../../function/items/contract';
import { manager } from '../../function/manager/contract';
import { products } from '../../function/products/contract';
import type { Call } from '../support/iam/call';
import { Principal } from '../support/iam/principal';
import { statementsOf } from '../support/iam/read-policy';
import { boundaryOf, principalOf, roleOf } from '../support/iam/state-policies';
import { ACCOUNT, documentAt, REGION, resolve } from '../support/iam/terraform-policies';
import { devices, notes, orders } from '../support/contracts';
import { synth, synthState, type Synthesized } from '../support/synth';

const SYSTEMS = [items, manager, products, devices, notes, orders];
const COUNT = 30;

/** The longest allowed values. They make the longest policies. */
const SETTINGS = {
  namePrefix: 'acmeacmeacm',
  environment: 'environment1',
  region: REGION,
  stateBucket: 'b'.repeat(63),
  githubRepository: `${'o'.repeat(39)}/${'r'.repeat(100)}`,
  githubRepositoryId: '1'.repeat(12),
  githubOwnerId: '2'.repeat(12),
  githubEnvironment: 'e'.repeat(100),
  functionPerRoute: true,
};

const state = synthState(SETTINGS);
const boundary = boundaryOf(state);

const stacks: readonly Synthesized[] = Array.from({ length: COUNT }, (_, index) => {
  const contract = SYSTEMS[index % SYSTEMS.length] ?? orders;
  const name = index < SYSTEMS.length ? contract.name : `${contract.name}-${index}`;
  return synth({ ...contract, name }, { ...SETTINGS, permissionsBoundary: boundary.arn });
});

/** Characters without white space, with the longest name of a partition in each ARN. */
function charactersOf(policy: object): number {
  const text = JSON.stringify(policy);
  return text.length + (text.match(/arn:aws:/g) ?? []).length * 'us-gov-'.length;
}

describe.each(['plan', 'deploy'])('the role %s', (name) => {
  const { inline, attached, trust } = roleOf(state, name);

  // IAM user guide, "IAM and AWS STS quotas".
  test('has at most 10,240 characters of inline policies', () => {
    expect(inline.length).toBeGreaterThan(0);
    expect(inline.map(charactersOf).reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(10_240);
  });

  test('has at most 10 managed policies of at most 6,144 characters', () => {
    expect(attached.length).toBeLessThanOrEqual(10);
    for (const policy of attached) expect(charactersOf(policy)).toBeLessThanOrEqual(6_144);
  });

  test('has a trust policy of at most 2,048 characters', () => {
    expect(charactersOf(trust)).toBeLessThanOrEqual(2_048);
  });
});

test('the boundary has at most 6,144 characters', () => {
  expect(charactersOf(boundary.document)).toBeLessThanOrEqual(6_144);
});

interface Kind {
  readonly attribute: string;
  readonly arn: (name: string) => string;
  readonly create: string;
  readonly read: string;
  readonly remove: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  aws_dynamodb_table: {
    attribute: 'name',
    arn: (name) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`,
    create: 'dynamodb:CreateTable',
    read: 'dynamodb:DescribeTable',
    remove: 'dynamodb:DeleteTable',
  },
  aws_lambda_function: {
    attribute: 'function_name',
    arn: (name) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
    create: 'lambda:CreateFunction',
    read: 'lambda:GetFunction',
    remove: 'lambda:DeleteFunction',
  },
  aws_iam_role: {
    attribute: 'name',
    arn: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
    create: 'iam:CreateRole',
    read: 'iam:GetRole',
    remove: 'iam:DeleteRole',
  },
  aws_cloudwatch_log_group: {
    attribute: 'name',
    arn: (name) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}`,
    create: 'logs:CreateLogGroup',
    read: 'logs:ListTagsForResource',
    remove: 'logs:DeleteLogGroup',
  },
};

type Attributes = Readonly<Record<string, string>>;

const resourcesOf = (stack: Synthesized, type: string) =>
  Object.values((stack.resource[type] ?? {}) as Record<string, Attributes>);

test.each(Object.entries(KINDS))('the roles reach each %s of the systems', (type, kind) => {
  const [plan, deploy] = [principalOf(state, 'plan'), principalOf(state, 'deploy')];
  const names = stacks.flatMap((stack) => resourcesOf(stack, type).map((resource) => resource[kind.attribute] ?? ''));
  expect(names.length).toBeGreaterThanOrEqual(COUNT);
  const context = { 'iam:PermissionsBoundary': boundary.arn };
  const call = (action: string, name: string): Call => ({ action, resource: kind.arn(name), context });
  const { create, read, remove } = kind;
  for (const name of names) {
    expect([create, read, remove].map((action) => deploy.decide(call(action, name)))).toEqual(Array(3).fill('allowed'));
    expect([create, read, remove].map((action) => plan.decide(call(action, name)))).toEqual([
      'implicitDeny',
      'allowed',
      'implicitDeny',
    ]);
  }
});

test('every function role has the boundary, which allows every permission of its policy', () => {
  let permissions = 0;
  for (const stack of stacks) {
    for (const role of resourcesOf(stack, 'aws_iam_role')) expect(role['permissions_boundary']).toBe(boundary.arn);
    for (const { policy } of resourcesOf(stack, 'aws_iam_role_policy')) {
      const document = documentAt(policy, stack);
      const role = new Principal({
        arn: `arn:aws:iam::${ACCOUNT}:role/x`,
        identity: [document],
        boundary: boundary.document,
      });
      for (const { actions, resources } of statementsOf(document)) {
        for (const action of actions) {
          for (const resource of resources) {
            // The name of a log stream or of an index in place of the wildcard.
            const call = { action, resource: resource.replace(/\*$/, 'x') };
            expect({ ...call, decision: role.decide(call) }).toEqual({ ...call, decision: 'allowed' });
            permissions += 1;
          }
        }
      }
    }
  }
  expect(permissions).toBeGreaterThan(COUNT * 3);
});

test('names with references do not hide resources from this test', () => {
  for (const stack of stacks)
    for (const [type, { attribute }] of Object.entries(KINDS))
      for (const resource of resourcesOf(stack, type))
        expect(resolve(resource[attribute] ?? '', stack)).toBe(resource[attribute]);
});
