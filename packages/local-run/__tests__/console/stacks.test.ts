/** What the console page has of routes: a request to fill its form with, whatever the route's key is. */
import type { Deployment } from '../../src/model/deployment';
import { describeStacks } from '../../src/console/stacks';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

function routesOf(stage: string, ...routeKeys: readonly string[]) {
  const routes = routeKeys.map((routeKey) => ({ routeKey, functionArn: FUNCTION, timeoutMs: 1, permitted: true }));
  const throttle = { rate: 1, burst: 1 };
  const api = { kind: 'http-api' as const, address: 'a', id: 'i', name: 'n', stage, throttle, routes };
  const deployment: Deployment = {
    stack: 's',
    tables: [],
    functions: [],
    roles: [],
    apis: [api],
    outputs: {},
  };
  return describeStacks([deployment]).flatMap((one) => one.routes);
}

test('$default has an example with a method and a path of its own', () => {
  const [route] = routesOf('$default', '$default');
  expect(route).toMatchObject({ method: '$default', path: '' });
  expect(route?.example).toEqual({
    method: 'GET',
    path: '/{path+}',
    pathParameters: { path: 'example-1' },
    query: [],
    headers: {},
  });
});

test('ANY is tried with GET', () => {
  const [route] = routesOf('$default', 'ANY /x/{proxy+}');
  expect(route).toMatchObject({ method: 'ANY', path: '/x/{proxy+}' });
  expect(route?.example).toMatchObject({
    method: 'GET',
    path: '/x/{proxy+}',
    pathParameters: { proxy: 'example-1' },
  });
});

test('the stage of an HTTP API that has a name is a part of the path', () => {
  const [get, other] = routesOf('v1', 'GET /x', '$default');
  expect(get).toMatchObject({ path: '/v1/x', example: { path: '/v1/x' } });
  expect(other).toMatchObject({ path: '', example: { path: '/v1/{path+}' } });
});
