/** The example request of a route, by kind of route key. */
import type { Deployment } from '../../src/model/deployment';
import { describeStacks } from '../../src/console/stacks';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

function describeRoutes(stage: string, ...routeKeys: readonly string[]) {
  const routes = routeKeys.map((routeKey) => ({ routeKey, functionArn: FUNCTION, timeoutMs: 1, permitted: true }));
  const throttle = { rate: 1, burst: 1 };
  const api = { kind: 'http-api' as const, address: 'a', id: 'i', name: 'n', stage, throttle, routes };
  const deployment: Deployment = {
    stack: 's',
    inert: [],
    notSimulated: [],
    tables: [],
    functions: [],
    roles: [],
    apis: [api],
    outputs: {},
  };
  return describeStacks([deployment]).flatMap(({ routes: descriptions }) => descriptions);
}

test('the example of $default is a GET of a greedy path parameter', () => {
  const [route] = describeRoutes('$default', '$default');
  expect(route).toMatchObject({ method: '$default', path: '' });
  expect(route?.example).toEqual({
    method: 'GET',
    path: '/{path+}',
    pathParameters: { path: 'example-1' },
    query: [],
    headers: {},
  });
});

test('the example of ANY is a GET', () => {
  const [route] = describeRoutes('$default', 'ANY /x/{proxy+}');
  expect(route).toMatchObject({ method: 'ANY', path: '/x/{proxy+}' });
  expect(route?.example).toMatchObject({
    method: 'GET',
    path: '/x/{proxy+}',
    pathParameters: { proxy: 'example-1' },
  });
});

test('a named stage of an HTTP API is part of the path', () => {
  const [namedRoute, defaultRoute] = describeRoutes('v1', 'GET /x', '$default');
  expect(namedRoute).toMatchObject({ path: '/v1/x', example: { path: '/v1/x' } });
  expect(defaultRoute).toMatchObject({ path: '', example: { path: '/v1/{path+}' } });
});

test('the example has the values of its route, and a token that the route accepts', () => {
  const jwt = { kind: 'jwt', issuer: 'https://id.example.com/', audience: ['notes'], scopes: [] } as const;
  const route = { routeKey: 'GET /x/{id}', functionArn: FUNCTION, timeoutMs: 1, permitted: true, authorization: jwt };
  const example = { query: ['status', 'limit'], values: { id: '7', status: 'open' } };
  const throttle = { rate: 1, burst: 1 };
  const api = { kind: 'http-api' as const, address: 'a', id: 'i', name: 'n', stage: '$default', throttle };
  const empty = { tables: [], functions: [], roles: [], inert: [], notSimulated: [], outputs: {} };
  const [stack] = describeStacks([{ ...empty, stack: 's', apis: [{ ...api, routes: [{ ...route, example }] }] }]);
  const described = stack?.routes[0]?.example;
  expect(described).toMatchObject({ pathParameters: { id: '7' }, queryValues: { status: 'open' } });
  const token = String(described?.headers['authorization']).replace('Bearer ', '');
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ aud: 'notes' });
});
