/** Faults of managed fields, keys, indexes and the time to live. */
import { links, orders, posts, todos } from '../../support/contract/contracts';
import { comments } from '../../support/contract/handler-contracts';
import { REMOVED, faultsOf } from './faults';

const MANAGED =
  "must be 'uuid', 'createdAt', 'updatedAt', 'version', 'counter', { random: 7 }, { claim: 'sub' } or { expiresAfter: 3600 }, but was";
const FIELDS = 'the fields are title, done, due, priority, tags, place, id, createdAt, updatedAt, version';

describe('a faulty managed field is refused', () => {
  test.each<[unknown, string]>([
    ['uid', `managed.x ${MANAGED} the string "uid". Did you mean uuid?`],
    [undefined, `managed.x ${MANAGED} undefined`],
    [null, `managed.x ${MANAGED} null`],
    [[], `managed.x ${MANAGED} an empty array`],
    [{}, `managed.x ${MANAGED} an object`],
    [{ random: 7, claim: 'sub' }, `managed.x ${MANAGED} an object`],
    [{ toString: 7 }, `managed.x ${MANAGED} an object`],
    [{ random: 0 }, 'managed.x.random must be a whole number from 1 to 255, but was the number 0'],
    [{ random: '7' }, 'managed.x.random must be a whole number from 1 to 255, but was the string "7"'],
    [{ claim: '' }, 'managed.x.claim must be the name of a claim, such as sub, but was the string ""'],
    [
      { expiresAfter: 1.5 },
      'managed.x.expiresAfter must be a whole number of seconds from 1 to 3162240000, but was the number 1.5',
    ],
    ['version', 'managed.x is a second version, beside version; an item has at most one'],
  ])('%p', (managed, fault) => {
    expect(faultsOf(todos, { 'managed/x': managed })).toEqual([fault]);
  });
});

test('a managed field cannot be a field of the item', () => {
  expect(faultsOf(todos, { 'managed/title': 'counter' })).toEqual([
    'managed.title is also a field of the item; the server sets it, so leave it out of item.properties',
  ]);
  expect(faultsOf(posts, { managed: { ...posts.managed, '~by': 'counter' } })).toEqual([
    'managed["~by"] begins with ~, as the hidden attributes of items do; choose another name',
  ]);
});

test.each(['constructor', 'toString'])('a field cannot have the name %s', (name) => {
  const fault = 'is the name of a property that every JavaScript object has; choose another name';
  expect(faultsOf(posts, { [`item/properties/${name}`]: { type: 'string' } })).toEqual([
    `item.properties.${name} ${fault}`,
  ]);
  expect(faultsOf(posts, { [`managed/${name}`]: 'counter' })).toEqual([`managed.${name} ${fault}`]);
});

test('an item that is replaced or updated has at most 250 fields', () => {
  const fields = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`f${at}`, { type: 'integer' }]));
  const properties = { title: { type: 'string', maxLength: 9 }, ...fields };
  expect(faultsOf(posts, { 'item/properties': properties })).toEqual([]);
  expect(
    faultsOf(posts, { 'item/properties': properties, 'routes/PATCH ~posts~{id}': { operation: 'update' } }),
  ).toEqual([
    'routes["PATCH /posts/{id}"] writes the item\'s 254 fields with one DynamoDB expression, which can hold 250; group fields in objects',
  ]);
});

describe('a faulty key is refused', () => {
  const KEY = "must be the name of a field, or an array of two: ['customerId', 'orderId']";
  test.each<[unknown, string[]]>([
    [REMOVED, [`key is missing; it ${KEY}`]],
    [undefined, [`key ${KEY}, but was undefined`]],
    [[], [`key ${KEY}, but was an empty array`]],
    [['id'], [`key ${KEY}, but was an array of 1 element`]],
    [['id', 'title', 'due'], [`key ${KEY}, but was an array of 3 elements`]],
    [() => 'id', [`key ${KEY}, but was a function`]],
    ['ids', [`key names ids, which is no field of the item; ${FIELDS}. Did you mean id?`]],
    [['id', 'id'], ['key has the same field twice']],
    [['id', 5], ['key[1] must be the name of a field, but was the number 5']],
    [
      ['id', 'done'],
      ['key[1] names done, which has the type "boolean"; a key is a string, a number or an integer, and never null'],
    ],
  ])('%p', (key, faults) => {
    expect(faultsOf(todos, { key }).filter((fault) => fault.startsWith('key'))).toEqual(faults);
  });

  test('a field that writes can change', () => {
    expect(faultsOf(todos, { key: ['id', 'updatedAt'] })[0]).toBe(
      'key[1] names updatedAt, which writes can change; the key of an item never changes',
    );
  });

  test('a field that may be null', () => {
    expect(faultsOf(todos, { key: ['id', 'due'] })[0]).toMatch(
      /^key\[1\] names due, which has the type \["string","null"\]/,
    );
  });

  test('a field that a body can leave out', () => {
    expect(faultsOf(comments, { key: ['postId', 'id'], 'item/required': ['text'] })).toContain(
      'key[0] names postId, which a body may lack; name it in item.required, or give it a default',
    );
  });
});

test('a key field that every create has in its path need not be required', () => {
  expect(faultsOf(orders, { 'item/required': ['lines'] })).toEqual([]);
});

describe('a faulty index is refused', () => {
  test.each<[unknown, string]>([
    [
      { key: ['state', 'createdAt'] },
      expect.stringMatching(
        /^indexes.byX.key\[0\] names state, which is no field of the item; .* Did you mean status\?$/,
      ) as string,
    ],
    [
      { key: 'lines' },
      'indexes.byX.key names lines, which has the type "array"; a key is a string, a number or an integer, and never null',
    ],
    [{}, "indexes.byX.key is missing; it must be the name of a field, or an array of two: ['customerId', 'orderId']"],
    [{ key: 'status', projection: 'ALL' }, 'indexes.byX.projection is not a keyword of an index; known are key'],
    ['status', `indexes.byX must be an index, such as { key: ['status', 'createdAt'] }, but was the string "status"`],
  ])('%p', (index, fault) => {
    expect(faultsOf(orders, { 'indexes/byX': index })).toEqual([fault]);
  });

  test('more than 20 indexes', () => {
    const indexes = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`index${index}`, { key: 'status' }]));
    expect(faultsOf(orders, { indexes: { ...orders.indexes, ...indexes } })).toEqual([
      'indexes has 22 indexes; a table can have 20',
    ]);
  });

  test('a name that DynamoDB refuses', () => {
    expect(faultsOf(orders, { 'indexes/by status': { key: 'status' } })).toEqual([
      'indexes["by status"] has a name that DynamoDB refuses; use 3 to 255 letters, digits and the characters _ . -',
    ]);
  });

  test.each([
    { type: 'string', anyLength: true },
    { type: 'string', enum: ['a', ''] },
    { type: 'string', minLength: 0, maxLength: 5 },
  ])('a string that may be empty: %j', (schema) => {
    expect(faultsOf(orders, { 'item/properties/x': schema, 'indexes/byX': { key: 'x' } })).toEqual([
      'indexes.byX.key names x, which may be empty; DynamoDB refuses an empty key. Give x the keyword minLength: 1',
    ]);
  });
});

describe('a faulty time to live is refused', () => {
  test.each<[unknown, string]>([
    ['text', "ttl names text, which is no date-time; give it type: 'string', format: 'date-time'"],
    ['createdAt', 'ttl names createdAt, which is a managed field; name a field of the item, or use expiresAfter'],
    [
      'until2',
      expect.stringMatching(/^ttl names until2, which is no field of the item; .* Did you mean until\?$/) as string,
    ],
    [60, 'ttl must be the name of a field, but was the number 60'],
  ])('%p', (ttl, fault) => {
    expect(faultsOf(comments, { ttl })).toEqual([fault]);
  });

  test('beside expiresAfter', () => {
    expect(faultsOf(comments, { 'managed/expiresAt': { expiresAfter: 60 } })).toEqual([
      'ttl is not possible with expiresAt, which has expiresAfter; an item has one time of expiry',
    ]);
  });

  test('in the key of the table', () => {
    expect(faultsOf(comments, { key: ['id', 'until'], 'item/required': ['postId', 'text', 'until'] })[0]).toBe(
      'ttl names until, which is part of the key; it is stored in seconds, but is a date-time in a path',
    );
    expect(faultsOf(links, { key: ['code', 'expiresAt'] })[0]).toBe(
      'key[1] names expiresAt, which is stored in seconds, but is a date-time in a path',
    );
  });
});

test.each([{ minLength: 1 }, { format: 'date' }, { enum: ['a'] }, { pattern: '^a', maxLength: 5 }])(
  'a string with %j is never empty',
  (keywords) => {
    const schema = { type: 'string', maxLength: 40, ...keywords };
    expect(faultsOf(orders, { 'item/properties/x': schema, 'indexes/byX': { key: 'x' } })).toEqual([]);
  },
);

test('an index can order items by their time to live', () => {
  expect(faultsOf(comments, { 'indexes/byEnd': { key: ['postId', 'until'] } })).toEqual([]);
});

test('a key can be a constant string, but not a constant number', () => {
  const all = { 'indexes/all': { key: ['kind', 'createdAt'] } };
  expect(faultsOf(orders, { ...all, 'item/properties/kind': { const: 'order', default: 'order' } })).toEqual([]);
  expect(faultsOf(orders, { ...all, 'item/properties/kind': { const: 5, default: 5 } })).toEqual([
    'indexes.all.key[0] names kind, which has the constant 5; a key is a string, a number or an integer, and never null',
  ]);
});

test('a fault of a field is reported once, not for each key that names it', () => {
  expect(faultsOf(orders, { 'item/properties/status/type': 'text' })).toEqual([
    expect.stringMatching(/^item.properties.status.type is the string "text"/),
  ]);
});

describe('a keyword that the time of expiry in an answer may not fit is refused', () => {
  const ttl = () => ({ ttl: 'until', 'item/properties/until': { type: 'string', format: 'date-time' } });
  test.each<[string, unknown]>([
    ['maxLength', 20],
    ['minLength', 25],
    ['pattern', '^.{20}$'],
    ['enum', ['2030-01-01T00:00:00Z']],
  ])('%s', (keyword, value) => {
    const maxLength = keyword === 'pattern' ? { 'item/properties/until/maxLength': 30 } : {};
    expect(faultsOf(todos, { ...ttl(), ...maxLength, [`item/properties/until/${keyword}`]: value })).toContain(
      `item.properties.until.${keyword} is not possible, because ttl names the field: answers contain it in UTC with milliseconds, which may not fit. Leave it out`,
    );
  });

  test('other keywords are not refused', () => {
    expect(faultsOf(todos, { ...ttl(), 'item/properties/until/default': '2030-01-01T00:00:00Z' })).toEqual([]);
  });
});
