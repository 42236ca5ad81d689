/** Logs and the console hide the credentials of callers. */
import type { Deployment, RouteAuthorization } from '../../src/model/deployment';
import { hideInPath, hideSecrets, secretsOf } from '../../src/print/secrets';

const LAMBDA = {
  ...{ id: 'a', functionArn: 'f', permitted: true, cacheSeconds: 0, stageArn: 's' },
  identitySources: [
    { in: 'header', name: 'X-Auth' },
    { in: 'query', name: 'token' },
    { in: 'context', name: 'path' },
  ],
} as const;

const AUTHORIZATIONS: readonly RouteAuthorization[] = [
  { ...LAMBDA, kind: 'http-lambda', payloadFormat: '2.0', simpleResponses: true },
  { kind: 'cognito', issuers: ['https://id.example.com'], header: 'x-pool', scopes: [] },
  { kind: 'iam' },
];

function deployment(authorizations: readonly RouteAuthorization[]): Deployment {
  const route = { routeKey: 'GET /notes', functionArn: '', timeoutMs: 1, permitted: true };
  return {
    ...{ stack: 'notes', tables: [], functions: [], roles: [], inert: [], notSimulated: [], outputs: {} },
    apis: [
      {
        ...{ kind: 'http-api', address: 'a', id: 'i', name: 'n', stage: '$default', throttle: { rate: 1, burst: 1 } },
        routes: authorizations.map((authorization) => ({ ...route, authorization })),
      },
    ],
  };
}

const secrets = secretsOf([deployment(AUTHORIZATIONS)]);

test('the names are the headers and query parameters of authorizers', () => {
  expect([...secrets.names]).toEqual(['x-auth', 'token', 'x-pool']);
});

test.each([
  ['/notes?token=abc&a=1', '/notes?token=***&a=1'],
  ['/notes?a=1&Token=abc;x=2', '/notes?a=1&Token=***;x=2'],
  ['/notes?t%6Fken=abc&token=', '/notes?t%6Fken=***&token=***'],
  ['/token=abc?mytoken=1', '/token=abc?mytoken=1'],
  ['/notes', '/notes'],
])('%s is shown as %s', (path, shown) => {
  expect(hideInPath(path, secrets)).toBe(shown);
});

test('events hide the credentials, and nothing else with these names', () => {
  const event = {
    headers: { 'x-auth': 'abc', 'X-Pool': 'abc', authorization: 'Bearer abc', accept: '*' },
    multiValueHeaders: { 'X-Auth': ['abc', 'def'] },
    queryStringParameters: { token: 'abc', a: '1' },
    rawQueryString: 'token=abc&a=1',
    identitySource: ['abc'],
    requestContext: { token: 'shown', authorizer: { lambda: { token: 'shown' } } },
  };
  expect(hideSecrets(event, secrets)).toEqual({
    headers: { 'x-auth': '***', 'X-Pool': '***', authorization: '***', accept: '*' },
    multiValueHeaders: { 'X-Auth': '***' },
    queryStringParameters: { token: '***', a: '1' },
    rawQueryString: 'token=***&a=1',
    identitySource: '***',
    requestContext: { token: 'shown', authorizer: { lambda: { token: 'shown' } } },
  });
});
