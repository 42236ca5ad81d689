import fc from 'fast-check';
import { digestOf, planOf } from '../src';
import type { RawPlan } from '../src/schema';
import { fixture, names, rawFixture, rawPlan, resource } from './plans';

const digest = (raw: RawPlan) => digestOf([planOf(raw, 'plan.json', 'stack')]);

/** A copy with the members of all objects, and the resources, in another order. */
function reordered(raw: RawPlan): RawPlan {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, part]) => [key, turned(part)]),
    );
  };
  const copy = turned(raw) as RawPlan;
  return { ...copy, resource_changes: [...(copy.resource_changes ?? [])].reverse() };
}

test.each(names)('%s: order, time and versions are not in the digest', (name) => {
  const raw = rawFixture(name);
  const other = {
    ...reordered(raw),
    timestamp: '2030-01-01T00:00:00Z',
    terraform_version: '1.12.0',
    resource_drift: [],
  };
  expect(digest(other)).toBe(digest(raw));
});

test('every fixture has a digest of its own', () => {
  expect(new Set(names.map((name) => digest(rawFixture(name)))).size).toBe(names.length);
});

test('the order of stacks is not in the digest', () => {
  const [items, products] = [fixture('create-items'), fixture('create-products')];
  expect(digestOf([items, products])).toBe(digestOf([products, items]));
  expect(() => digestOf([items, items])).toThrow('There are two plans of the stack items.');
});

test('any other value, action or path makes another digest', () => {
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

test('a policy that is not known yet changes the digest with the arguments that it is made of', () => {
  const raw = rawFixture('create-items');
  const other = JSON.parse(JSON.stringify(raw).replaceAll('dynamodb:GetItem', 'dynamodb:*')) as RawPlan;
  expect(digest(other)).not.toBe(digest(raw));
});

test('the region is in the digest', () => {
  const raw = rawFixture('create-items');
  const other = {
    ...raw,
    configuration: JSON.parse(JSON.stringify(raw.configuration).replaceAll('us-east-1', 'eu-west-1')),
  };
  expect(digest(other)).not.toBe(digest(raw));
});

test('a sensitive value is not in the digest, and that it changes is', () => {
  const of = (before: string, after: string) => {
    const sensitive = { before_sensitive: { s: true }, after_sensitive: { s: true } };
    return digest(
      rawPlan(
        resource('t', { actions: ['update'], before: { s: before, a: 1 }, after: { s: after, a: 2 }, ...sensitive }),
      ),
    );
  };
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(of(a, b)).toBe(a === b ? of('1', '1') : of('1', '2'));
    }),
  );
  expect(of('1', '1')).not.toBe(of('1', '2'));
});
