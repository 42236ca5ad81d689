import fc from 'fast-check';
import { parsePlan } from '../src';
import { digestOfPlans } from '../src/review/digest';
import type { RawPlan } from '../src/read/schema';
import { fixture, fixtureNames, rawFixture, rawPlan, resource } from './support/plans';

const digest = (raw: RawPlan) => digestOfPlans([parsePlan(raw, 'plan.json', 'stack')]);

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
  expect(digestOfPlans([items, products])).toBe(digestOfPlans([products, items]));
  expect(() => digestOfPlans([items, items])).toThrow('There are two plans of the stack items.');
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
  ].map((change) => digest(rawPlan(resource('t', change))));
  expect(new Set(others).size).toBe(others.length);
});

test('the digest includes the data source of an unknown policy', () => {
  const raw = rawFixture('create-items');
  const other = JSON.parse(JSON.stringify(raw).replaceAll('dynamodb:GetItem', 'dynamodb:*')) as RawPlan;
  expect(digest(other)).not.toBe(digest(raw));
});

test('the digest includes the region', () => {
  const raw = rawFixture('create-items');
  const other = {
    ...raw,
    configuration: JSON.parse(JSON.stringify(raw.configuration).replaceAll('us-east-1', 'eu-west-1')),
  };
  expect(digest(other)).not.toBe(digest(raw));
});

test('the digest includes that a sensitive value changes, not the value', () => {
  const digestOfChange = (before: string, after: string) => {
    const sensitive = { before_sensitive: { s: true }, after_sensitive: { s: true } };
    return digest(
      rawPlan(
        resource('t', { actions: ['update'], before: { s: before, a: 1 }, after: { s: after, a: 2 }, ...sensitive }),
      ),
    );
  };
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(digestOfChange(a, b)).toBe(a === b ? digestOfChange('1', '1') : digestOfChange('1', '2'));
    }),
  );
  expect(digestOfChange('1', '1')).not.toBe(digestOfChange('1', '2'));
});
