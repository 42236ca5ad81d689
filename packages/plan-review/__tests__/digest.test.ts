import fc from 'fast-check';
import { parsePlan, type Plan, summarize } from '../src';
import { planEntries } from '../src/review/digest';
import { createReviewKey } from '../src/review/key';
import { reviewedStacks, totalDigest } from '../src/review/record';
import type { RawChange, RawPlan } from '../src/read/schema';
import { fixture, fixtureNames, KEY, rawFixture, rawPlan, resource } from './support/plans';

const digestOfPlans = (plans: readonly Plan[], key: typeof KEY | undefined) => totalDigest(reviewedStacks(plans, key));
const digest = (raw: object, key: typeof KEY | undefined = KEY) =>
  digestOfPlans([parsePlan(raw, 'plan.json', 'stack')], key);

/** A copy with its resources, and the members of all objects, in reverse order. */
function reordered(raw: RawPlan): RawPlan {
  const reverse = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reverse);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, part]) => [key, reverse(part)]),
    );
  };
  const copy = reverse(raw) as RawPlan;
  return { ...copy, resource_changes: [...(copy.resource_changes ?? [])].reverse() };
}

test.each(fixtureNames)('%s: the digest ignores order, time, versions and drift', (name) => {
  const raw = rawFixture(name);
  const other = {
    ...reordered(raw),
    timestamp: '2030-01-01T00:00:00Z',
    terraform_version: '1.12.0',
    resource_drift: [],
  };
  expect(digest(other)).toBe(digest(raw));
});

test('different plans have different digests', () => {
  expect(new Set(fixtureNames.map((name) => digest(rawFixture(name)))).size).toBe(fixtureNames.length);
});

test('the digest ignores the order of stacks', () => {
  const [items, products] = [fixture('create-items'), fixture('create-products')];
  expect(digestOfPlans([items, products], KEY)).toBe(digestOfPlans([products, items], KEY));
  expect(() => digestOfPlans([items, items], KEY)).toThrow('There are two plans of the stack items.');
});

test('a changed value, action or path changes the digest', () => {
  const base = { actions: ['update'], before: { a: 1 }, after: { a: 2 } };
  const others = [
    base,
    { ...base, after: { a: 3 } },
    { ...base, after: { a: '2' } },
    { ...base, before: { a: 0 } },
    { ...base, after: {}, after_unknown: { a: true } },
    { ...base, after: { a: '(known after apply)' } },
    { ...base, actions: ['delete', 'create'] },
    { ...base, actions: ['create', 'delete'] },
    { ...base, actions: ['delete', 'create'], replace_paths: [['a']] },
    { ...base, importing: { id: 'x' } },
    { ...base, importing: { id: 'y' } },
    { ...base, importing: { identity: { account: '1' } } },
    { ...base, importing: { identity: { account: '2' } } },
    { ...base, before_identity: { id: '1' } },
    { ...base, after_identity: { id: '1' } },
    { ...base, generated_config: 'resource {}' },
    { ...base, actions: ['create', 'forget'] },
    { ...base, after_sensitive: { a: true } },
    { ...base, before_sensitive: { a: true } },
    { ...base, after: { a: ['1', '2'] } },
    { ...base, after: { a: ['2', '1'] } },
  ].map((change) => digest(rawPlan(resource('t', change))));
  expect(new Set(others).size).toBe(others.length);
});

test('the digest includes the data source of an unknown policy', () => {
  const raw = rawFixture('create-items');
  const other = JSON.parse(JSON.stringify(raw).replaceAll('dynamodb:GetItem', 'dynamodb:*')) as RawPlan;
  expect(digest(other)).not.toBe(digest(raw));
});

test('a change of anything else that the apply does, or runs with, changes the digest', () => {
  const base = {
    ...rawPlan(resource('t', { actions: ['update'], before: { a: 1 }, after: { a: 2 } })),
    applyable: true,
  };
  const configured = (root_module: object, provider_config = {}) => ({
    ...base,
    configuration: { provider_config, root_module },
  });
  const provider = (expressions: object) => configured({}, { aws: { full_name: 'hashicorp/aws', expressions } });
  const resourceOf = (key: string) => configured({ resources: [{ address: 't.a', provider_config_key: key }] });
  const moduleOf = (expressions: object, value?: string) => {
    const module = { variables: { region: value === undefined ? {} : { default: value } } };
    const region = { references: ['var.region'] };
    return configured(
      { module_calls: { m: { expressions, module } } },
      { 'module.m:aws': { expressions: { region } } },
    );
  };
  const provisioned = (command: object) =>
    configured({ resources: [{ address: 't.a', provisioners: [{ type: 'local-exec', expressions: { command } }] }] });
  const program = (argument: string) =>
    configured({
      resources: [
        {
          address: 'data.external.a',
          mode: 'data',
          type: 'external',
          expressions: { program: { constant_value: [argument] } },
        },
      ],
    });
  const invoked = (more: object) => ({ ...base, action_invocations: [{ address: 'action.a.b', type: 'a', ...more }] });
  const checked = (message: string, status = 'fail') => ({
    ...base,
    checks: [
      {
        address: { to_display: 'check.a' },
        status,
        instances: [{ address: { to_display: 'check.a' }, status, problems: [{ message }] }],
      },
    ],
  });
  const variable = (value: string) => ({
    ...provider({ region: { references: ['local.x'] } }),
    variables: { v: { value } },
  });
  const drift = (a: number) => ({
    ...base,
    resource_changes: [],
    resource_drift: [resource('t', { actions: ['update'], before: { a: 1 }, after: { a } })],
  });
  const reason = (action_reason: string) =>
    rawPlan({ ...resource('t', { actions: ['delete', 'create'] }), action_reason });
  const others = [
    base,
    provider({ region: { constant_value: 'a' } }),
    provider({ region: { constant_value: 'b' } }),
    provider({ region: { references: ['var.b'] } }),
    provider({ secret_key: { constant_value: 'a' } }),
    provider({ secret_key: { constant_value: 'b' } }),
    variable('a'),
    variable('b'),
    resourceOf('aws'),
    resourceOf('aws.other'),
    moduleOf({ region: { constant_value: 'a' } }),
    moduleOf({ region: { constant_value: 'b' } }),
    moduleOf({ region: { references: ['var.a'] } }),
    moduleOf({}, 'a'),
    moduleOf({}, 'b'),
    provisioned({ constant_value: 'a' }),
    provisioned({ constant_value: 'b' }),
    provisioned({ references: ['self.id'] }),
    program('a'),
    program('b'),
    invoked({}),
    invoked({ provider_name: 'registry.terraform.io/a/a' }),
    invoked({ provider_name: 'registry.terraform.io/b/a' }),
    invoked({ config_values: { a: 1 } }),
    invoked({ config_values: { a: 's' }, config_sensitive: { a: true } }),
    invoked({ config_values: { a: 't' }, config_sensitive: { a: true } }),
    invoked({ lifecycle_action_trigger: { action_trigger_event: 'AfterCreate' } }),
    { ...base, action_invocations: [...invoked({}).action_invocations, ...invoked({}).action_invocations] },
    checked('a'),
    checked('b'),
    checked('a', 'error'),
    drift(2),
    drift(3),
    reason('replace_because_tainted'),
    reason('replace_by_request'),
  ].map((raw) => digest(raw));
  expect(new Set(others).size).toBe(others.length);
});

/** A plan that attaches a policy to a role whose name is known only after the apply. */
function attachedTo(reference: string, name = 'x'): RawPlan {
  const change = { actions: ['create'], before: null, after: { policy: '{}', tags: { a: 'b' } } };
  const unknown = { after_unknown: { role: true, tags: { c: true } } };
  const expressions = { role: { references: [reference] }, policy: { references: ['aws_iam_role.known.id'] } };
  const resources = [{ address: 'aws_iam_role_policy.a', expressions }];
  return {
    ...rawPlan(resource('aws_iam_role_policy', { ...change, ...unknown })),
    configuration: { root_module: { resources } },
    variables: { role: { value: name } },
  };
}

test('the references of an unknown attribute change the digest, and are shown', () => {
  const [own, boss] = [attachedTo('aws_iam_role.own.id'), attachedTo('aws_iam_role.boss.id')];
  expect(digest(own)).not.toBe(digest(boss));
  const summary = summarize([parsePlan(boss, 'plan.json', 'stack')], { key: KEY });
  expect(summary).toContain('  role from aws_iam_role.boss.id');
  expect(summary).not.toContain('aws_iam_role.known');
});

test('a variable that an unknown attribute refers to changes the digest', () => {
  expect(digest(attachedTo('var.role', 'own'))).not.toBe(digest(attachedTo('var.role', 'boss')));
  expect(digest(attachedTo('aws_iam_role.a.id', 'own'))).toBe(digest(attachedTo('aws_iam_role.a.id', 'boss')));
});

test('the constants of write-only arguments change the digest, and are never shown', () => {
  const change = { actions: ['update'], before: { v: 1 }, after: { v: 2, block: [{ password_wo: null }] } };
  const withConstant = (secret: string) => ({
    ...rawPlan(resource('t', { ...change, after: { ...change.after, note: `login ${secret}` } })),
    configuration: {
      root_module: {
        resources: [{ address: 't.a', expressions: { block: [{ password_wo: { constant_value: secret } }] } }],
      },
    },
  });
  const [one, two] = [withConstant('lighthouse-keeper'), withConstant('windmills')];
  const withoutNote = (raw: typeof one) => ({ ...raw, resource_changes: [resource('t', change)] });
  expect(digest(withoutNote(one))).not.toBe(digest(withoutNote(two)));
  const plan = parsePlan(one, 'plan.json', 'stack');
  expect(plan.secrets).toEqual(['lighthouse-keeper']);
  const summary = summarize([plan], { key: KEY });
  expect(summary).toContain('  block[0].password_wo: (sensitive value, write-only)');
  expect(summary).not.toContain('lighthouse');
  expect(() => digestOfPlans([plan], undefined)).toThrow('is sensitive, and there is no review key');
});

test('the references of a write-only argument change the digest', () => {
  const withReference = (reference: string) => ({
    ...rawPlan(resource('t', { actions: ['create'], before: null, after: { a: 1, token_wo: null } })),
    configuration: {
      root_module: { resources: [{ address: 't.a', expressions: { token_wo: { references: [reference] } } }] },
    },
  });
  expect(digest(withReference('ephemeral.a.b.token'))).not.toBe(digest(withReference('ephemeral.a.c.token')));
});

test('a value that is no longer sensitive changes the digest, and is shown', () => {
  const withMarks = (before: boolean, after: boolean) => {
    const marks = { before_sensitive: { s: before }, after_sensitive: { s: after } };
    const values = { before: { s: 'lighthouse', a: 1 }, after: { s: 'lighthouse', a: 2 } };
    const changed = resource('t', { actions: ['update'], ...values, ...marks });
    const outputMarks = { before_sensitive: before, after_sensitive: after };
    const output = { actions: ['update'], before: 'windmills', after: 'windmills', ...outputMarks };
    return { ...rawPlan(changed), output_changes: { o: output } };
  };
  const [opened, kept] = [withMarks(true, false), withMarks(true, true)];
  expect(digest(opened)).not.toBe(digest(kept));
  const summary = summarize([parsePlan(opened, 'plan.json', 'stack')], { key: KEY });
  expect(summary).toContain('  s is no longer sensitive');
  expect(summary).toContain('  o is no longer sensitive');
});

test("an output's new mark stands in the configuration, and its old mark in the state", () => {
  const value = { actions: ['update'], before: 'windmills', after: 'windmills' };
  // Terraform writes whether the output was or is sensitive.
  const raw = { ...rawPlan(), output_changes: { o: { ...value, before_sensitive: true, after_sensitive: true } } };
  const withMarks = (before: boolean, after: boolean) => ({
    ...raw,
    configuration: { root_module: { outputs: { o: after ? { sensitive: true } : {} } } },
    prior_state: { values: { outputs: { o: { sensitive: before, value: 'windmills' } } } },
  });
  const [opened, hidden, kept] = [withMarks(true, false), withMarks(false, true), withMarks(true, true)];
  expect(new Set([opened, hidden, kept].map((plan) => digest(plan))).size).toBe(3);
  const [first, second] = [opened, hidden].map((plan) =>
    summarize([parsePlan(plan, 'plan.json', 'stack')], { key: KEY }),
  );
  expect(first).toContain('  o is no longer sensitive');
  expect(second).toContain('  o becomes sensitive');
  expect(`${first}${second}`).not.toContain('windmills');
});

test('an ephemeral resource changes the digest, and is shown without a warning', () => {
  const withSecret = (id: string) => {
    const expressions = { secret_id: { constant_value: id } };
    const type = 'aws_secretsmanager_secret_version';
    const resources = [{ address: `ephemeral.${type}.a`, mode: 'ephemeral', type, expressions }];
    const changed = resource('t', { actions: ['update'], before: { a: 1 }, after: { a: 2 } });
    return { ...rawPlan(changed), configuration: { root_module: { resources } } };
  };
  expect(digest(withSecret('own'))).not.toBe(digest(withSecret('boss')));
  const plan = parsePlan(withSecret('boss'), 'plan.json', 'stack');
  const summary = summarize([plan], { key: KEY });
  expect(summary).toContain('  secret_id: "boss"');
  expect(summary).not.toContain('Runs programs');
});

test('a variable that no setting depends on does not change the digest', () => {
  const raw = rawPlan(resource('t', { actions: ['create'], before: null, after: { a: 1 } }));
  expect(digest({ ...raw, variables: { v: { value: 'a' } } })).toBe(digest(raw));
});

test('each entry has its own address', () => {
  const invocation = { address: 'action.a.b', type: 'a' };
  const raw = {
    ...rawPlan(),
    configuration: {},
    action_invocations: [invocation, { ...invocation, config_values: 1 }],
  };
  const plan = parsePlan(raw, 'plan.json', 'stack');
  expect(planEntries(plan, undefined).map(({ address, action }) => [address, action])).toEqual([
    ['action.a.b', 'invoke'],
    ['action.a.b (2)', 'invoke'],
  ]);
});

/** A plan that changes `s` from `before` to `after`, both sensitive. */
function secretChange(before: unknown, after: unknown, mark: unknown = true): RawPlan {
  const marks = { before_sensitive: { s: mark }, after_sensitive: { s: mark } };
  const change = { actions: ['update'], before: { s: before, a: 1 }, after: { s: after, a: 2 }, ...marks };
  return rawPlan(resource('t', change as RawChange));
}

test('another sensitive value changes the digest', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const isSame = JSON.stringify(a) === JSON.stringify(b);
      expect(digest(secretChange('x', [a])) === digest(secretChange('x', [b]))).toBe(isSame);
    }),
  );
  expect(digest(secretChange({ a: 1 }, { a: 'x', b: 1 }, { a: true }))).not.toBe(
    digest(secretChange({ a: 1 }, { a: 'y', b: 1 }, { a: true })),
  );
});

test('the digest of a plan with sensitive values depends on the key, and on where the value is', () => {
  const raw = secretChange('x', 'y');
  expect(digest(raw, createReviewKey('f'.repeat(64)))).not.toBe(digest(raw));
  const twoStacks = ['a', 'b'].map((name) => planEntries(parsePlan(raw, 'plan.json', name), KEY)[0]?.hash);
  expect(twoStacks[0]).not.toBe(twoStacks[1]);
  // A text in the plan that equals the hash is not the hidden value.
  const mark = `(hidden ${KEY.hash('stack', 't.a', 's', '"y"')})`;
  expect(digest(secretChange('x', mark, false))).not.toBe(digest(raw));
});

test('without sensitive values, the digest does not depend on the key', () => {
  for (const raw of [rawFixture('setting-items'), secretChange(null, null)]) {
    expect(digestOfPlans([parsePlan(raw, 'plan.json', 'stack')], undefined)).toBe(digest(raw));
  }
});

test('refuses a sensitive value without a key, by its address and attribute', () => {
  const plan = parsePlan(secretChange('x', 'y'), 'plan.json', 'stack');
  expect(() => digestOfPlans([plan], undefined)).toThrow(
    'stack: "t.a, s" is sensitive, and there is no review key to compare it with. Pass a key file with --key',
  );
});
