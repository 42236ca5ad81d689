import { check } from '../../../function/manager/check';
import { isIdempotent } from '../../../function/manager/retries';

test('counts 300,000 faults, more than a JavaScript call can have arguments', () => {
  const payload = Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`field-${index}`, 1]));
  expect(() => check({ operation: 'list', tableName: 't', payload }, ['t'])).toThrow('300000 faults');
});

test.each([
  [{ ['x'.repeat(100)]: 1 }, 'x'.repeat(80)],
  [{ payload: { ['x'.repeat(100)]: 1 } }, `payload.${'x'.repeat(80)}`],
])('a fault shows the first 80 of 100 characters of a name: input %#', (input, path) => {
  expect(() => check({ operation: 'list', tableName: 't', ...input }, ['t'])).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ path })] }) as Error,
  );
});

test.each([
  ['read', {}, true],
  ['list', {}, true],
  ['create', {}, true],
  ['delete', { ReturnValues: 'NONE' }, true],
  ['create', { ReturnValues: 'ALL_OLD' }, false],
  ['delete', { ReturnValues: 'ALL_OLD' }, false],
  ['create', { ConditionExpression: 'attribute_not_exists(id)' }, false],
  ['update', {}, false],
] as const)('%s with %j is idempotent: %s', (operation, payload, expected) => {
  expect(isIdempotent(operation, payload)).toBe(expected);
});
