/** Faults of routes. */
import type { Api } from '../../../function/contract/api';
import { items, notes, orders, posts, todos } from '../../support/contract/contracts';
import { comments, shortLinks } from '../../support/contract/handler-contracts';
import { REMOVED, faultsOf } from './faults';

/** Returns the faults of a route that is added to a contract, or replaces one. In its key, `~` stands for a slash. */
function ofRoute(api: Api, key: string, route: unknown): string[] {
  const prefix = key === 'GET' ? 'routes.GET' : `routes["${key.replaceAll('~', '/')}"]`;
  return faultsOf(api, { [`routes/${key}`]: route }).map((fault) => fault.replace(prefix, 'route'));
}

describe('a key that is not a method and a path is refused', () => {
  test.each([
    ['~todos', "route must be a method and a path, such as 'GET /todos/{id}'"],
    ['GET', "route must be a method and a path, such as 'GET /todos/{id}'"],
    ['GET ~x y', "route must be a method and a path, such as 'GET /todos/{id}'"],
    ['get ~x', 'route has the method get; known are GET, PUT, POST, PATCH, DELETE'],
    ['HEAD ~x', 'route has the method HEAD; known are GET, PUT, POST, PATCH, DELETE'],
    ['GET x', "route has a path that does not begin with /; it must be a method and a path, such as 'GET /todos/{id}'"],
    ['GET ~x~', 'route has an empty segment; a path neither ends with / nor has //'],
    ['GET ~~x', 'route has an empty segment; a path neither ends with / nor has //'],
    ['GET ~x~..', 'route has the segment ..; a segment has letters, digits and the characters . _ -'],
    ['GET ~x~ä', 'route has the segment ä; a segment has letters, digits and the characters . _ -'],
    ['GET ~x-{id}', 'route has the segment x-{id}; a parameter is a whole segment, such as {id}'],
    ['GET ~x~{}', 'route has the segment {}; a parameter is a whole segment, such as {id}'],
    ['GET ~x~{id+}', 'route has the greedy parameter {id+}; name each segment of the path'],
    ['GET ~x~{id}~{id}', 'route has the parameter {id} twice'],
  ])('%s', (key, fault) => {
    expect(ofRoute(todos, key, { operation: 'read' })).toEqual([fault]);
  });
});

describe('routes that API Gateway, OpenAPI or Terraform cannot distinguish are refused', () => {
  const read = { handler: 'x', responses: { 200: { description: 'OK' } } };

  test('by the names of their parameters', () => {
    expect(ofRoute(todos, 'POST ~todos~{other}', read)).toEqual([
      'route has a path that differs from the path of GET /todos/{id} only in the names of its parameters; use the same names',
    ]);
  });

  test('by their names in Terraform', () => {
    expect(ofRoute(todos, 'GET ~todos~id', read)).toEqual([
      'route has the same name in Terraform as GET /todos/{id}, get_todos_id; change one of the paths',
    ]);
  });

  test('by parameters beside each other in a REST API', () => {
    expect(ofRoute(comments, 'GET ~posts~{post}~authors', read)).toEqual([
      'route has {post} where POST /posts/{postId}/comments has another parameter; a REST API can have only one there, so use the same name',
    ]);
    expect(ofRoute(todos, 'GET ~todos~{other}~files', read)).toEqual([]);
  });
});

describe('a route that is neither an operation nor a handler is refused', () => {
  test.each<[unknown, string]>([
    [{}, 'route has neither an operation nor a handler; a route has one of them'],
    [{ operation: 'read', handler: 'x' }, 'route has an operation and a handler; a route has one of them'],
    [null, "route must be a route, such as { operation: 'read' }, but was null"],
    [undefined, "route must be a route, such as { operation: 'read' }, but was undefined"],
    ['read', `route must be a route, such as { operation: 'read' }, but was the string "read"`],
    [
      { operation: 'reed' },
      'route.operation is the string "reed"; known are create, read, replace, update, delete, list, increment, put. Did you mean read?',
    ],
    [
      { operation: undefined },
      'route.operation is undefined; known are create, read, replace, update, delete, list, increment, put',
    ],
  ])('%p', (route, fault) => {
    expect(ofRoute(todos, 'GET ~todos~{id}~x', route)).toEqual([fault]);
  });

  test('is reported with the other faults of the route', () => {
    const both = { operation: 'read', handler: 'x', tabel: ['get'], responses: { 99: { description: 'OK' } } };
    expect(ofRoute(todos, 'GET ~todos~{id}~x', both)).toEqual([
      'route has an operation and a handler; a route has one of them',
      expect.stringMatching(/^route\.tabel is not a keyword of a route with a handler; .*Did you mean table\?$/),
      'route.responses["99"] is not a status from 200 to 599',
    ]);
  });

  test('ifMatch on an operation that does not have it is one fault', () => {
    const { version: _, ...managed } = todos.managed;
    const faults = faultsOf(
      { ...todos, managed },
      { 'routes/POST ~todos': { operation: 'create', ifMatch: 'required' } },
    );
    expect(faults.filter((fault) => fault.includes('ifMatch'))).toEqual([
      expect.stringContaining('ifMatch is not a keyword of the operation create'),
    ]);
  });

  test.each<[unknown, string]>([
    [
      REMOVED,
      "routes is missing; it must be an object of routes, such as { 'GET /todos/{id}': { operation: 'read' } }",
    ],
    [{}, 'routes is empty; an API has at least one route'],
    [
      [],
      "routes must be an object of routes, such as { 'GET /todos/{id}': { operation: 'read' } }, but was an empty array",
    ],
  ])('routes %p', (routes, fault) => {
    expect(faultsOf(todos, { routes })).toEqual([fault]);
  });
});

describe('a faulty operation is refused', () => {
  test.each<[Api, string, unknown, string]>([
    [
      todos,
      'GET ~todos~{id}',
      { operation: 'read', consistnt: true },
      'route.consistnt is not a keyword of the operation read; known are operation, consistent, auth, summary. Did you mean consistent?',
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
      "route.auth is 'none', but owner is a claim of the caller's token; use 'jwt' or an authorizer",
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

test('an API has at most 300 routes', () => {
  const read = { operation: 'read' };
  const routes = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`GET /x${index}/{id}`, read]));
  expect(faultsOf(todos, { routes })).toEqual(["routes has 301 routes; API Gateway's quota is 300"]);
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
    const changes = { [`item/properties/${name}`]: { type: 'string' }, 'routes/GET ~todos/filters': [name] };
    expect(faultsOf(todos, changes)).toEqual([
      `routes["GET /todos"].filters[0] makes ${name} a query parameter, which every list has with another meaning; rename the field`,
    ]);
  });
});

describe('a faulty handler is refused', () => {
  const handler = { handler: 'look', responses: { 200: { description: 'OK' } } };
  test.each<[unknown, string]>([
    [
      { ...handler, handler: 'a b' },
      'route.handler must be the name of a JavaScript function, such as sendMail, but was the string "a b"',
    ],
    [
      { ...handler, handler: () => undefined },
      'route.handler must be the name of a JavaScript function, such as sendMail, but was a function',
    ],
    [{ ...handler, handler: 'follow' }, 'route.handler is follow, as in GET /{code}; give each route its own handler'],
    [
      { ...handler, tables: [] },
      expect.stringMatching(
        /^route.tables is not a keyword of a route with a handler; .* Did you mean table\?$/,
      ) as string,
    ],
    [
      { ...handler, table: ['getItem'] },
      'route.table[0] must be one of get, query, scan, put, update, delete, but was the string "getItem"',
    ],
    [
      { ...handler, table: 'get' },
      'route.table must be an array of get, query, scan, put, update, delete, but was the string "get"',
    ],
    [
      { ...handler, actions: ['dynamodb:*'] },
      'route.actions[0] must be one DynamoDB action without a wildcard, such as dynamodb:GetItem, but was the string "dynamodb:*"',
    ],
    [
      { ...handler, actions: ['s3:GetObject'] },
      expect.stringMatching(/^route.actions\[0\] must be one DynamoDB action/) as string,
    ],
    [
      { ...handler, query: { a: { type: 'array', items: { type: 'string' } } } },
      'route.query.a is not a string, number, integer or boolean; a query parameter is a text',
    ],
    [
      { ...handler, query: { a: 'string' } },
      `route.query.a must be a schema such as { type: 'string' }, but was the string "string"`,
    ],
    [{ ...handler, body: 'raw' }, 'route.body is not possible: a GET request has no body'],
    [
      { handler: 'look' },
      "route.responses is missing; it must be an object of answers by their status, such as { 200: { description: 'Done' } }",
    ],
    [{ handler: 'look', responses: {} }, 'route.responses is empty; name each status that the handler answers with'],
    [
      { handler: 'look', responses: { 99: { description: 'x' } } },
      'route.responses["99"] is not a status from 200 to 599',
    ],
    [
      { handler: 'look', responses: { default: { description: 'x' } } },
      'route.responses.default is not a status from 200 to 599',
    ],
    [
      { handler: 'look', responses: { 200: 'OK' } },
      `route.responses["200"] must be an answer, such as { description: 'Done' }, but was the string "OK"`,
    ],
    [{ handler: 'look', responses: { 200: {} } }, 'route.responses["200"].description is missing; it must be a text'],
    [
      { handler: 'look', responses: { 204: { description: 'x', body: { type: 'string' } } } },
      'route.responses["204"].body is not possible: an answer with the status 204 has no body',
    ],
    [
      { handler: 'look', responses: { 200: { description: 'x', body: { type: 'strin' } } } },
      expect.stringMatching(/^route.responses\["200"\].body.type is the string "strin"/) as string,
    ],
  ])('%p', (route, fault) => {
    expect(ofRoute(shortLinks, 'GET ~links~{code}', route)).toEqual([fault]);
  });

  test.each<[unknown, string]>([
    ['text', `route.body must be 'raw', or the schema of an object, but was the string "text"`],
    [{ type: 'string' }, 'route.body.type must be the string "object", but was the string "string"'],
  ])('with the body %p', (body, fault) => {
    expect(ofRoute(shortLinks, 'POST ~x', { ...handler, body })).toEqual([fault]);
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

describe('paths that a REST API cannot have are refused', () => {
  const restFaults = (routes: readonly string[]) =>
    faultsOf(posts, {
      gateway: 'rest-api',
      routes: Object.fromEntries(routes.map((key) => [key, { operation: key.startsWith('GET') ? 'read' : 'create' }])),
    });

  test.each([
    [
      ['POST /a-b/x', 'GET /a_b/{id}'],
      'routes["GET /a_b/{id}"] has the resource /a_b, with the same name in Terraform as /a-b of POST /a-b/x: a_b; change one of the paths',
    ],
    [
      ['POST /Items', 'GET /items/{id}'],
      'routes["GET /items/{id}"] has the resource /items, with the same name in Terraform as /Items of POST /Items: items; change one of the paths',
    ],
  ])('%j', (routes, fault) => {
    expect(restFaults(routes)).toEqual([fault]);
  });

  test('more than 300 resources', () => {
    const routes = (count: number) => Array.from({ length: count }, (_, at) => `POST /a${at}/b${at}/c${at}`);
    expect(restFaults(routes(100))).toEqual([]);
    expect(restFaults(routes(110))).toEqual([
      "routes has paths with 330 different beginnings; each is a resource of the REST API, and API Gateway's quota is 300. " +
        "Let paths begin with the same segments, or set gateway to 'http-api'",
    ]);
  });
});

test.each<[Record<string, unknown>, string]>([
  [
    { actions: ['dynamodb:GetItemz'] },
    'route.actions[0] is dynamodb:GetItemz, which is no action on a DynamoDB table; name an action of IAM, such as dynamodb:GetItem. Did you mean dynamodb:GetItem?',
  ],
  [{ actions: ['dynamodb:GetItem', 'dynamodb:GetItem'] }, 'route.actions[1] is dynamodb:GetItem, which appears twice'],
  [{ table: ['get', 'put', 'get'] }, 'route.table[2] is get, which appears twice'],
])('a faulty list of a handler is refused: %j', (lists, fault) => {
  const handler = { handler: 'x', responses: { 200: { description: 'OK' } }, ...lists };
  expect(ofRoute(todos, 'GET ~x', handler)).toEqual([fault]);
});
