/** Rules for the values of key fields. */
import { defineApi } from '../../../function/contract/api';
import { keyRules } from '../../../function/validation/key-rules';

const orders = defineApi({
  name: 'orders',
  gateway: 'http-api',
  key: ['customer', 'number'],
  item: {
    type: 'object',
    required: ['customer', 'number', 'status'],
    properties: {
      customer: { type: 'string' },
      number: { type: 'string' },
      rank: { type: 'integer' },
      status: { type: 'string' },
    },
  },
  indexes: { byStatus: { key: ['status', 'customer'] }, byRank: { key: ['status', 'rank'] } },
  routes: { 'GET /orders/{number}': { operation: 'list', index: 'byStatus' } },
});

const rules = keyRules(orders);

test('every string field in a key has a rule', () => {
  expect([...rules.keys()].sort()).toEqual(['customer', 'number', 'status']);
});

test.each([
  ['status', '', 'must not be empty'],
  ['status', 'x'.repeat(2049), 'must be at most 2048 bytes of UTF-8, but has 2049'],
  ['number', 'x'.repeat(1025), 'must be at most 1024 bytes of UTF-8, but has 1025'],
  // A sort key of an index.
  ['customer', 'é'.repeat(513), 'must be at most 1024 bytes of UTF-8, but has 1026'],
  ['number', 'a/b', 'must not contain /, which the path of this API cannot carry'],
])('%s refuses %j', (name, value, message) => {
  expect(rules.get(name)?.(value)).toBe(message);
});

test('a key that is not a path parameter may contain any character', () => {
  expect(rules.get('status')?.('a/b')).toBeUndefined();
});

test('behind a REST API a key may contain a slash', () => {
  expect(keyRules({ ...orders, gateway: 'rest-api' }).get('number')?.('a/b')).toBeUndefined();
});
