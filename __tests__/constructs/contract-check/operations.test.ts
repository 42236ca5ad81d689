/** Faults of routes with operations. */
import type { Api } from '../../../function/contract/api';
import { items, notes, orders, posts, todos } from '../../support/contract/contracts';
import { shortLinks } from '../../support/contract/handler-contracts';
import { faultsOf, ofRoute } from './faults';

describe('a faulty operation is refused', () => {
  test.each<[Api, string, unknown, string]>([
    [
      todos,
      'GET ~todos~{id}',
      { operation: 'read', consistnt: true },
      'route.consistnt is not a keyword of the operation read; known are operation, consistent, auth, public, throttle, summary. Did you mean consistent?',
    ],
    [
      todos,
      'GET ~todos~{id}',
      { operation: 'read', consistent: 1 },
      'route.consistent must be true or false, but was the number 1',
    ],
    [
      todos,
      'GET ~todos~{id}',
      { operation: 'read', summary: '' },
      'route.summary must be a text, but was the string ""',
    ],
    [
      todos,
      'GET ~x~{id}',
      { operation: 'delete' },
      'route has the method GET, which clients and caches may repeat; delete writes. Use DELETE or POST for delete',
    ],
    [todos, 'DELETE ~x~{id}', { operation: 'read' }, 'route has the method DELETE. Use GET for read'],
    [todos, 'PUT ~x~{id}', { operation: 'update' }, 'route has the method PUT. Use PATCH or POST for update'],
    [
      todos,
      'PATCH ~todos~{id}',
      { operation: 'update', ifMatch: true },
      "route.ifMatch must be 'required', or absent where it is optional, but was the boolean true",
    ],
    [todos, 'GET ~x', { operation: 'read' }, 'route does not say which item: its path lacks {id}'],
    [orders, 'GET ~x~{orderId}', { operation: 'read' }, 'route does not say which item: its path lacks {customerId}'],
    [
      orders,
      'GET ~x~{customerId}~{orderId}~{status}',
      { operation: 'read' },
      'route has the parameter {status}, which is not part of the key, so it would have no effect',
    ],
    [todos, 'POST ~x~{list}', { operation: 'create' }, 'route has the parameter {list}, which is no field of the item'],
    [
      todos,
      'POST ~x~{version}',
      { operation: 'create' },
      'route has the parameter {version}, which is a managed field; the server sets it, so leave it out of the path',
    ],
    [
      shortLinks,
      'PATCH ~links~{code}',
      { operation: 'update' },
      "route requires a version, without which one of two concurrent updates is lost; add to managed: version: 'version'",
    ],
    [
      shortLinks,
      'DELETE ~links~{code}',
      { operation: 'delete', ifMatch: 'required' },
      "route.ifMatch requires a version; add to managed: version: 'version'",
    ],
    [
      posts,
      'POST ~posts~{id}~x',
      { operation: 'increment', field: 'title', by: 1 },
      'route.field must be a managed counter; counters are likes, but was the string "title"',
    ],
    [
      posts,
      'POST ~posts~{id}~x',
      { operation: 'increment', by: 1 },
      'route.field is missing; it must be a managed counter; counters are likes',
    ],
    [
      posts,
      'POST ~posts~{id}~x',
      { operation: 'increment', field: 'likes', by: 0 },
      'route.by must be a whole number other than 0, but was the number 0',
    ],
    [
      notes,
      'POST ~notes',
      { operation: 'create', auth: 'none' },
      "route.auth is 'none', but owner is a claim of the caller's token; use 'jwt', 'cognito' or an authorizer",
    ],
    [
      todos,
      'PUT ~x',
      { operation: 'put' },
      'route.operation is put, which only contracts with answers have; use create or replace',
    ],
    [
      items,
      'POST ~items',
      { operation: 'create' },
      'route.operation is create; contracts with answers have put, read, list, delete. Leave answers out',
    ],
    [
      items,
      'GET ~items',
      { operation: 'list', scan: true, limit: { default: 1, maximum: 1 } },
      'route.limit is not possible in contracts with answers; leave it out',
    ],
  ])('%#: %s', (api, key, route, fault) => {
    expect(ofRoute(api, key, route)).toEqual([fault]);
  });
});

test('an idempotent create is refused when the key contains the time of creation', () => {
  const measurements: Api = {
    name: 'measurements',
    gateway: 'http-api',
    key: ['sensor', 'at'],
    item: {
      type: 'object',
      required: ['sensor'],
      properties: { sensor: { type: 'string', minLength: 1, maxLength: 20 } },
    },
    managed: { at: 'createdAt' },
    routes: { 'POST /measurements': { operation: 'create', idempotency: true } },
  };
  expect(faultsOf(measurements, {})).toEqual([
    'routes["POST /measurements"].idempotency is not possible: the key contains at, which differs in a repeated request. Use another key, or leave it out',
  ]);
});
