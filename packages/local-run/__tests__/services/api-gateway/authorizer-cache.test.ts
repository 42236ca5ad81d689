/** The cache of Lambda authorizers, and how long API Gateway waits for them. */
import type { HttpLambdaAuthorization, RestLambdaAuthorization } from '../../../src/model/deployment';
import type { Functions, InvokableFunction } from '../../../src/services/api-gateway/gateway';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';
import { AuthorizerFunctions } from '../../../src/services/api-gateway/lambda-authorizer/authorizer-functions';
import { readSimpleResponse } from '../../../src/services/api-gateway/lambda-authorizer/results';
import { RestApiGateway } from '../../../src/services/api-gateway/rest-api/gateway';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:gate';

const lambda = {
  ...{ id: 'authorizer', functionArn: ARN, permitted: true, cacheSeconds: 300 },
  identitySources: [{ in: 'header', name: 'x-auth' }],
  stageArn: 'arn:aws:execute-api:us-east-1:000000000000:abc/prod',
} as const;
const HTTP: HttpLambdaAuthorization = { ...lambda, kind: 'http-lambda', payloadFormat: '2.0', simpleResponses: true };
const REST: RestLambdaAuthorization = { ...lambda, kind: 'rest-lambda', type: 'REQUEST' };

/** An authorizer that lets everybody in after `finished`. */
function functionsWith(finished = Promise.resolve()): { readonly functions: Functions; readonly invoke: jest.Mock } {
  const result = finished.then(() => ({ requestId: 'id', json: '{"isAuthorized":true}', cold: false, calls: [] }));
  const invoke = jest.fn((event: unknown) => ({
    invocation: { functionName: 'gate', requestId: 'id', event },
    finished: result,
  }));
  const gate: InvokableFunction = { invoke, reserveFor: (work) => work() };
  return { functions: new Map([[ARN, gate]]), invoke };
}

const call = (authorizers: AuthorizerFunctions, ...identity: readonly string[]) =>
  authorizers.call({ authorizer: HTTP, identity, event: () => ({}), traceId: 'Root=1' }, readSimpleResponse);

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test('a result is used until its TTL ends', async () => {
  const { functions, invoke } = functionsWith();
  const authorizers = new AuthorizerFunctions(functions, 1000);
  const now = jest.spyOn(performance, 'now').mockReturnValue(0);
  await call(authorizers, 'ada');
  now.mockReturnValue(299_999);
  await call(authorizers, 'ada');
  expect(invoke).toHaveBeenCalledTimes(1);
  now.mockReturnValue(300_001);
  await call(authorizers, 'ada');
  expect(invoke).toHaveBeenCalledTimes(2);
});

test('the cache keeps the last 10,000 results', async () => {
  const { functions, invoke } = functionsWith();
  const authorizers = new AuthorizerFunctions(functions, 1000);
  for (let n = 0; n <= 10_000; n += 1) await call(authorizers, String(n));
  invoke.mockClear();
  for (const kept of ['1', '10000']) await call(authorizers, kept);
  expect(invoke).not.toHaveBeenCalled();
  await call(authorizers, '0');
  expect(invoke).toHaveBeenCalledTimes(1);
});

test('identities that join to the same text are different', async () => {
  const { functions, invoke } = functionsWith();
  const authorizers = new AuthorizerFunctions(functions, 1000);
  await call(authorizers, 'a', 'b,c');
  await call(authorizers, 'a,b', 'c');
  expect(invoke).toHaveBeenCalledTimes(2);
});

const base = { address: '', id: 'abc', name: 'api', throttle: { rate: 100, burst: 100 }, stage: 'prod' };
const route = { routeKey: 'GET /a', functionArn: 'none', timeoutMs: 5000, permitted: true };

const httpApi = (functions: Functions, authorization = HTTP) =>
  new HttpApiGateway({ ...base, kind: 'http-api', routes: [{ ...route, authorization }] }, functions);

function restApi(functions: Functions, authorization = REST): RestApiGateway {
  const restRoute = { ...route, resourceId: 'r', apiKeyRequired: false, authorization };
  const api = { ...base, kind: 'rest-api', routes: [restRoute], usagePlans: [], deploymentId: 'd' } as const;
  return new RestApiGateway(api, functions);
}

const REQUEST = {
  ...{ method: 'GET', rawPath: '/prod/a', rawQuery: '', rawHeaders: ['x-auth', 'ada'], body: Buffer.alloc(0) },
  ...{
    isBodyTooLarge: false,
    sourceIp: '127.0.0.1',
    port: 3000,
    protocol: 'HTTP/1.1',
    requestId: 'id',
    time: new Date(),
  },
  traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793',
};

test.each([
  ['an HTTP API', 10, httpApi],
  ['a REST API', 29, restApi],
] as const)('%s waits %i s for an authorizer', async (_name, seconds, create) => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  const { functions } = functionsWith(new Promise(() => undefined));
  let reason: string | undefined;
  const handled = create(functions)
    .handle(REQUEST)
    .then((outcome) => {
      ({ reason } = outcome);
      return outcome.response.status;
    });
  await jest.advanceTimersByTimeAsync(seconds * 1000 - 1);
  expect(reason).toBeUndefined();
  await jest.advanceTimersByTimeAsync(1);
  expect(reason).toBe(`no response of the authorizer within ${seconds} s`);
  expect(await handled).toBe(500);
});

const STAGE_VARIABLE = [{ in: 'stageVariables', name: 'color' }] as const;

test.each([
  ['an HTTP API', (functions: Functions) => httpApi(functions, { ...HTTP, identitySources: STAGE_VARIABLE })],
  ['a REST API', (functions: Functions) => restApi(functions, { ...REST, identitySources: STAGE_VARIABLE })],
])('a stage variable as identity source of %s is missing in every request', async (_name, create) => {
  const { functions, invoke } = functionsWith();
  const { response, reason } = await create(functions).handle(REQUEST);
  expect([response.status, reason]).toEqual([401, 'the request lacks the identity source stageVariables color']);
  expect(invoke).not.toHaveBeenCalled();
});
