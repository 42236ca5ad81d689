/** Contracts with any JavaScript value at any place. */
import fc from 'fast-check';
import { contractFaults } from '../../../constructs/contract-check/check-contract';
import type { Api } from '../../../function/contract/api';
import { sound } from './faults';

type Place = readonly (string | number)[];

/** Returns the paths of all values within a value. */
function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [place, ...inner.flatMap(([name, child]) => placesOf(child, [...place, name]))];
}

function replaced(value: unknown, [name, ...rest]: Place, by: unknown): unknown {
  if (name === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}

const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    maxDepth: 2,
  }),
  fc.constantFrom(undefined, null, () => 1, Symbol('x'), '', 'id', 'string', [], {}, Number.NaN, -1),
);

const changedContract = fc
  .constantFrom(...sound)
  .chain((api) => fc.tuple(fc.constant(api), fc.constantFrom(...placesOf(api)), anything))
  .filter(([, , value]) => !isPattern(value));

/** Whether a string may be a pattern. The tests leave patterns out, because their analysis can take seconds. */
function isPattern(value: unknown): boolean {
  return typeof value === 'string' && /[*+?{(]/.test(value);
}

test('the check does not throw, whatever value a contract has at any place', () => {
  fc.assert(
    fc.property(changedContract, ([api, place, value]) => {
      for (const { message } of contractFaults(replaced(api, place, value)))
        expect(message).not.toMatch(/undefined is|\[object/);
    }),
    { numRuns: 2000 },
  );
});

test('a value of a wrong type is a fault at its place or near it', () => {
  const wrong = fc.constantFrom(undefined, null, () => 1, Symbol('x'), new Date(0), 1n, Number.NaN);
  const place = fc
    .constantFrom<Api>(...sound)
    .chain((api) => fc.tuple(fc.constant(api), fc.constantFrom(...placesOf(api))));
  fc.assert(
    fc.property(place, wrong, ([api, path], value) => {
      // A nullable field may have null among its examples.
      fc.pre(!path.includes('examples') || value !== null);
      expect(contractFaults(replaced(api, path, value))).not.toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
