/** Faults of the keys of routes, and of routes that are neither operation nor handler. */
import { posts, todos } from '../../support/contract/contracts';
import { comments } from '../../support/contract/handler-contracts';
import { REMOVED, faultsOf, ofRoute } from './faults';

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

test('an API has at most 300 routes', () => {
  const read = { operation: 'read' };
  const routes = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`GET /x${index}/{id}`, read]));
  expect(faultsOf(todos, { routes })).toEqual(["routes has 301 routes; API Gateway's quota is 300"]);
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
