/** The example request of a route, by kind of route key. */
import type { Deployment } from '../../src/model/deployment';
import { ExampleTokens } from '../../src/console/example-tokens';
import { describeStacks } from '../../src/console/stacks';
import { LocalIssuer } from '../../src/services/tokens/local-issuer';

const tokens = new ExampleTokens(new LocalIssuer());

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

const siteOf = (deployment: Deployment) => ({ deployments: [deployment], urlOf: () => 'http://127.0.0.1:3000' });

async function describeRoutes(stage: string, ...routeKeys: readonly string[]) {
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
  return (await describeStacks(siteOf(deployment), tokens)).flatMap(({ routes: descriptions }) => descriptions);
}

test('the example of $default is a GET of a greedy path parameter', async () => {
  const [route] = await describeRoutes('$default', '$default');
  expect(route).toMatchObject({ method: '$default', path: '' });
  expect(route?.example).toEqual({
    method: 'GET',
    path: '/{path+}',
    pathParameters: { path: 'example-1' },
    query: [],
    headers: {},
  });
});

test('the example of ANY is a GET', async () => {
  const [route] = await describeRoutes('$default', 'ANY /x/{proxy+}');
  expect(route).toMatchObject({ method: 'ANY', path: '/x/{proxy+}' });
  expect(route?.example).toMatchObject({
    method: 'GET',
    path: '/x/{proxy+}',
    pathParameters: { proxy: 'example-1' },
  });
});

test('a named stage of an HTTP API is part of the path, also of $default', async () => {
  const [namedRoute, defaultRoute] = await describeRoutes('v1', 'GET /x', '$default');
  expect(namedRoute).toMatchObject({ path: '/v1/x', example: { path: '/v1/x' } });
  expect(defaultRoute).toMatchObject({ path: '/v1', example: { path: '/v1/{path+}' } });
});

test('the example has the values of its route, and a token that the route accepts', async () => {
  const jwt = { kind: 'jwt', issuer: 'https://id.example.com/', audience: ['notes'], scopes: [] } as const;
  const route = { routeKey: 'GET /x/{id}', functionArn: FUNCTION, timeoutMs: 1, permitted: true, authorization: jwt };
  const example = { query: ['status', 'limit'], values: { id: '7', status: 'open' } };
  const throttle = { rate: 1, burst: 1 };
  const api = { kind: 'http-api' as const, address: 'a', id: 'i', name: 'n', stage: '$default', throttle };
  const empty = { tables: [], functions: [], roles: [], inert: [], notSimulated: [], outputs: {} };
  const deployment = { ...empty, stack: 's', apis: [{ ...api, routes: [{ ...route, example }] }] };
  const [stack] = await describeStacks(siteOf(deployment), tokens);
  const described = stack?.routes[0]?.example;
  expect(described).toMatchObject({ pathParameters: { id: '7' }, queryValues: { status: 'open' } });
  expect(stack?.routes[0]?.token).toMatchObject({ header: 'authorization', claims: { aud: 'notes' } });
  const token = String(described?.headers['authorization']).replace('Bearer ', '');
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ aud: 'notes' });
});

test('the form of a route with a Lambda authorizer has an empty field for each header that identifies the caller', async () => {
  const authorization = {
    kind: 'http-lambda' as const,
    ...{ id: 'a', functionArn: FUNCTION, permitted: true, cacheSeconds: 0, stageArn: 'arn', simpleResponses: true },
    identitySources: [
      { in: 'header' as const, name: 'X-Token' },
      { in: 'query' as const, name: 'user' },
    ],
    payloadFormat: '2.0' as const,
  };
  const route = { routeKey: 'GET /x', functionArn: FUNCTION, timeoutMs: 1, permitted: true, authorization };
  const api = {
    kind: 'http-api' as const,
    address: 'a',
    id: 'i',
    name: 'n',
    stage: '$default',
    throttle: { rate: 1, burst: 1 },
  };
  const deployment = {
    stack: 's',
    tables: [],
    functions: [],
    roles: [],
    outputs: {},
    inert: [],
    notSimulated: [],
    apis: [{ ...api, routes: [route] }],
  };
  const [stack] = await describeStacks(siteOf(deployment), tokens);
  expect(stack?.routes[0]?.example.headers).toEqual({ 'x-token': '' });
});

test('a form gets the same token until the token is about to expire', async () => {
  const target = {
    stack: 's',
    kind: 'cognito' as const,
    issuers: ['https://id.example.com'],
    issuer: 'https://id.example.com',
    audiences: [],
    audience: undefined,
    scopes: [],
  };
  const token = await tokens.tokenFor(target);
  expect(await tokens.tokenFor(target)).toBe(token);
  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 23.5 * 60 * 60 * 1000);
  expect(await tokens.tokenFor(target)).not.toBe(token);
  now.mockRestore();
});
