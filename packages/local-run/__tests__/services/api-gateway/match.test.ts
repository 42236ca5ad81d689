import { Matcher } from '../../../src/services/api-gateway/match';

const matcher = (...keys: string[]) => new Matcher(keys.map((routeKey) => ({ routeKey })));

test.each([
  [['GET /items', 'GET /items/{id}'], 'GET /items', 'GET /items', {}],
  [['GET /items', 'GET /items/{id}'], 'GET /items/a', 'GET /items/{id}', { id: 'a' }],
  [['GET /items/{id}', 'GET /items/new'], 'GET /items/new', 'GET /items/new', {}],
  [['GET /{proxy+}', 'GET /items/{id}'], 'GET /items/a', 'GET /items/{id}', { id: 'a' }],
  [['GET /{proxy+}', 'GET /items/{id}'], 'GET /items/a/b', 'GET /{proxy+}', { proxy: 'items/a/b' }],
  [['ANY /items/{id}', 'GET /items/{id}'], 'GET /items/a', 'GET /items/{id}', { id: 'a' }],
  [['ANY /items/{id}', 'GET /items/{id}'], 'PUT /items/a', 'ANY /items/{id}', { id: 'a' }],
  [['GET /a/{x}/c', 'GET /a/b/{y}'], 'GET /a/b/c', 'GET /a/b/{y}', { y: 'c' }],
  [['GET /items/{proxy+}', 'GET /{a}/b'], 'GET /items/b', 'GET /{a}/b', { a: 'items' }],
  [['GET /items', '$default'], 'PUT /elsewhere', '$default', {}],
  [['GET /items/{proxy+}'], 'GET /items/a/', 'GET /items/{proxy+}', { proxy: 'a/' }],
])('of the routes %j, the request %s matches %s with %j', (keys, request, expected, parameters) => {
  const [method = '', path = ''] = request.split(' ');
  const match = matcher(...keys).find(method, path);
  expect(match).toEqual({ route: { routeKey: expected }, pathParameters: parameters });
});

test.each([
  [['GET /items'], 'GET /items/'],
  [['GET /items'], 'PUT /items'],
  [['GET /items/{id}'], 'GET /items/'],
  [['GET /items/{id}'], 'GET /items'],
  [['GET /items/{id}'], 'GET /items/a/b'],
  [['GET /items/{proxy+}'], 'GET /items'],
])('of the routes %j, the request %s matches none', (keys, request) => {
  const [method = '', path = ''] = request.split(' ');
  expect(matcher(...keys).find(method, path)).toBeUndefined();
});
