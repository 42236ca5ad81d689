import { parsePlan } from '../src';
import { planEntries } from '../src/review/digest';
import type { RawPlan } from '../src/read/schema';
import { digestOf, digestOfPlans, fixture, fixtureNames, KEY, rawFixture, rawPlan, resource } from './support/plans';

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
  expect(digestOf(other)).toBe(digestOf(raw));
});

test('different plans have different digests', () => {
  expect(new Set(fixtureNames.map((name) => digestOf(rawFixture(name)))).size).toBe(fixtureNames.length);
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
  ].map((change) => digestOf(rawPlan(resource('t', change))));
  expect(new Set(others).size).toBe(others.length);
});

test('the digest includes the data source of an unknown policy', () => {
  const raw = rawFixture('create-items');
  const other = JSON.parse(JSON.stringify(raw).replaceAll('dynamodb:GetItem', 'dynamodb:*')) as RawPlan;
  expect(digestOf(other)).not.toBe(digestOf(raw));
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
