/** Values of Terraform in msgpack. */
import { encode } from '@msgpack/msgpack';
import {
  containsUnknown,
  decodeObject,
  decodeValue,
  encodeObject,
  encodeValue,
  UNKNOWN,
} from '../../src/stand-in/protocol/values';
import type { Block } from '../../src/stand-in/schema/schema';

const INNER: Block = { attributes: { weight: { type: 'number' } }, blocks: {} };

const BLOCK: Block = {
  attributes: {
    name: { type: 'string' },
    rate: { type: 'number' },
    weights: { type: ['map', 'number'] },
    points: { type: ['list', ['object', { x: 'number' }]] },
  },
  blocks: {
    part: { nesting: 'list', min: 0, max: 0, block: INNER },
    single: { nesting: 'single', min: 0, max: 1, block: INNER },
  },
};

const roundTrip = (value: Record<string, unknown>) => decodeObject(encodeObject(value, BLOCK), BLOCK);

it('completes absent attributes with null, and absent blocks with empty lists', () => {
  expect(roundTrip({})).toEqual({ name: null, rate: null, weights: null, points: null, part: [], single: null });
});

it('keeps unknown values', () => {
  const decoded = roundTrip({ name: UNKNOWN, part: [{ weight: UNKNOWN }] });
  expect(decoded).toMatchObject({ name: UNKNOWN, part: [{ weight: UNKNOWN }] });
  expect(containsUnknown(decoded)).toBe(true);
});

it('reads unknown values with refinements', () => {
  // fixext 1, type 12.
  const refined = Uint8Array.from([0x81, 0xa4, ...Buffer.from('name'), 0xd4, 12, 0x80]);
  expect(decodeObject({ msgpack: refined }, BLOCK)?.['name']).toBe(UNKNOWN);
});

it('writes fractions as text, because Terraform knows more digits than binary numbers have', () => {
  const written = Buffer.from(encodeObject({ rate: 0.1 }, BLOCK).msgpack ?? []);
  expect(written.includes('0.1')).toBe(true);
  expect(roundTrip({ rate: 0.1, weights: { a: 0.5, b: 3 }, points: [{ x: 1.25 }] })).toMatchObject({
    ...{ rate: 0.1, weights: { a: 0.5, b: 3 }, points: [{ x: 1.25 }] },
  });
});

it('keeps texts that look like numbers', () => {
  expect(roundTrip({ name: '0.10' })?.['name']).toBe('0.10');
});

it('reads null as no object', () => {
  expect(decodeObject({ msgpack: encode(null) }, BLOCK)).toBeNull();
});

it.each(['__proto__', 'constructor', 'toString', 'éé__proto__'])('keeps the map key %s', (key) => {
  const weights = { [key]: 1, a: 2 };
  expect(Object.entries(roundTrip({ weights })?.['weights'] ?? {})).toEqual(Object.entries(weights));
});

it('keeps the map key __proto__ in nested objects without a type, beside unknown values', () => {
  const value = [{ ['__proto__']: { ['__proto__']: 'a' }, short: UNKNOWN, nine_char: null }];
  const decoded = decodeValue(encodeValue(value)) as typeof value;
  expect(Object.entries(decoded[0] ?? {})).toEqual(Object.entries(value[0] ?? {}));
});
