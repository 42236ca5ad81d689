/** Faults of lists. */
import type { Api } from '../../../function/contract/api';
import { orders, todos } from '../../support/contract/contracts';
import { comments } from '../../support/contract/handler-contracts';
import { faultsOf, ofRoute } from './faults';

test('a list can have fields in its path, and filters', () => {
  expect(ofRoute(orders, 'GET ~customers~{customerId}~x', { operation: 'list', index: 'byStatus' })).toEqual([]);
  expect(
    ofRoute(comments, 'GET ~posts~{postId}~x', { operation: 'list', index: 'byPost', filters: ['until'] }),
  ).toEqual([]);
});

test('a path cannot contain an array', () => {
  expect(ofRoute(orders, 'POST ~customers~{customerId}~{lines}', { operation: 'create' })).toEqual([
    'route has the parameter {lines}, but a path can contain only strings, numbers, integers and booleans',
  ]);
});

describe('a faulty list is refused', () => {
  const list = (options: object) => ({ operation: 'list', ...options });
  test.each<[Api, string, unknown, string]>([
    [
      todos,
      'GET ~todos',
      list({}),
      'route reads the whole table, because its path lacks the partition key id; write scan: true to allow that, list an index, or add {id} to the path',
    ],
    [
      todos,
      'GET ~todos',
      list({ scan: 1 }),
      'route.scan must be true, or absent where the list does not scan, but was the number 1',
    ],
    [
      todos,
      'GET ~todos',
      list({ scan: true, order: 'desc' }),
      'route.order has no effect, as a scan has no order; leave it out',
    ],
    [
      todos,
      'GET ~todos',
      list({ scan: true, order: 'down' }),
      `route.order must be 'asc' or 'desc', but was the string "down"`,
    ],
    [
      todos,
      'GET ~todos',
      list({ scan: true, filters: 'done' }),
      'route.filters must be an array of names of fields, but was the string "done"',
    ],
    [
      todos,
      'GET ~todos',
      list({ scan: true, filters: ['tags'] }),
      'route.filters[0] names tags, which is array; a filter compares strings, numbers, integers and booleans',
    ],
    [todos, 'GET ~todos', list({ scan: true, filters: ['done', 'done'] }), 'route.filters[1] names done twice'],
    [
      todos,
      'GET ~todos',
      list({ scan: true, limit: 10 }),
      'route.limit must be an object such as { default: 50, maximum: 100 }, but was the number 10',
    ],
    [
      todos,
      'GET ~todos',
      list({ scan: true, limit: { default: 200, maximum: 100 } }),
      'route.limit.default is 200, above maximum, which is 100',
    ],
    [
      todos,
      'GET ~todos',
      list({ scan: true, limit: { default: 10 } }),
      'route.limit.maximum is missing; it must be a whole number from 1 to 1000',
    ],
    [
      orders,
      'GET ~orders',
      list({ index: 'byState' }),
      'route.index names byState; indexes has byStatus. Did you mean byStatus?',
    ],
    [
      orders,
      'GET ~orders',
      list({ index: 1 }),
      'route.index must be the name of an index; indexes has byStatus, but was the number 1',
    ],
    [
      orders,
      'GET ~orders',
      list({ index: 'byStatus', scan: true }),
      'route.scan is true, but the list queries an index; leave it out',
    ],
    [
      orders,
      'GET ~customers~{customerId}~x',
      list({ scan: true }),
      'route.scan is true, but the list queries the partition customerId; leave it out',
    ],
    [
      orders,
      'GET ~orders',
      list({ index: 'byStatus', filters: ['status'] }),
      'route.filters[0] names status, which is the partition key of the list; callers can send it without a filter, so leave it out',
    ],
    [
      orders,
      'GET ~orders',
      list({ index: 'byStatus', filters: ['createdAt'] }),
      'route.filters[0] names createdAt, which is the sort key of the list; callers can send it without a filter, so leave it out',
    ],
    [
      comments,
      'GET ~x~{until}',
      list({ scan: true }),
      'route has the parameter {until}, which is stored in seconds; make it a filter',
    ],
    [
      orders,
      'GET ~x~{state}',
      list({ index: 'byStatus' }),
      'route has the parameter {state}, which is no field of the item. Did you mean status?',
    ],
  ])('%#: %s', (api, key, route, fault) => {
    expect(ofRoute(api, key, route)).toEqual([fault]);
  });

  test.each(['limit', 'cursor', 'order'])('with a filter on a field named %s', (name) => {
    const changes = {
      [`item/properties/${name}`]: { type: 'string', maxLength: 9 },
      'routes/GET ~todos/filters': [name],
    };
    expect(faultsOf(todos, changes)).toEqual([
      `routes["GET /todos"].filters[0] makes ${name} a query parameter, which every list has with another meaning; rename the field`,
    ]);
  });
});
