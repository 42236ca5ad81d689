/** The DynamoDB calls of Lambda authorizers, which belong to the outcome of the request. */
import type {
  HttpLambdaAuthorization,
  RestLambdaAuthorization,
  RouteAuthorization,
} from '../../../src/model/deployment';
import type { DynamodbCall } from '../../../src/model/dynamodb-call';
import type { Functions, Gateway, InvokableFunction } from '../../../src/services/api-gateway/gateway';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';
import { RestApiGateway } from '../../../src/services/api-gateway/rest-api/gateway';

const [AUTHORIZER, FUNCTION] = ['gate', 'fn'].map(
  (name) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
) as [string, string];

const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }] };

function callOf(functionName: string): DynamodbCall {
  return {
    ...{ accessKeyId: 'id', functionName, roleArn: `arn:aws:iam::000000000000:role/${functionName}`, parts: [] },
    ...{ operation: 'GetItem', decision: 'allowed', status: 200, milliseconds: 1 },
  };
}

/** A function that returns a result after one call to DynamoDB. */
function functionOf(functionName: string, result: object): InvokableFunction {
  return {
    invoke: (event) => ({
      invocation: { functionName, requestId: `id-${functionName}`, event },
      finished: Promise.resolve({
        requestId: `id-${functionName}`,
        json: JSON.stringify(result),
        cold: functionName === 'gate',
        calls: [callOf(functionName)],
      }),
    }),
    reserveFor: (work) => work(),
  };
}

const functions: Functions = new Map([
  [AUTHORIZER, functionOf('gate', { principalId: 'ada', policyDocument: POLICY })],
  [FUNCTION, functionOf('fn', { statusCode: 200, body: 'ok' })],
]);

const lambda = {
  ...{ id: 'authorizer', functionArn: AUTHORIZER, permitted: true, cacheSeconds: 300 },
  identitySources: [{ in: 'header', name: 'x-auth' }],
  stageArn: 'arn:aws:execute-api:us-east-1:000000000000:abc/prod',
} as const;
const HTTP: HttpLambdaAuthorization = { ...lambda, kind: 'http-lambda', payloadFormat: '2.0', simpleResponses: false };
const REST: RestLambdaAuthorization = { ...lambda, kind: 'rest-lambda', type: 'REQUEST' };

const base = { address: '', id: 'abc', name: 'api', throttle: { rate: 100, burst: 100 }, stage: 'prod' };
const routeOf = (authorization: RouteAuthorization) => ({
  ...{ routeKey: 'GET /a', functionArn: FUNCTION, timeoutMs: 5000, permitted: true, authorization },
});

const restRoute = { ...routeOf(REST), resourceId: 'r', apiKeyRequired: false };

const GATEWAYS: readonly (readonly [kind: string, create: () => Gateway])[] = [
  ['HTTP', () => new HttpApiGateway({ ...base, kind: 'http-api', routes: [routeOf(HTTP)] }, functions)],
  [
    'REST',
    () => {
      const api = { ...base, kind: 'rest-api', routes: [restRoute], usagePlans: [], deploymentId: 'd' } as const;
      return new RestApiGateway(api, functions);
    },
  ],
];

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

test.each(GATEWAYS)('%s APIs report the calls of the authorizer and of the function', async (_kind, create) => {
  const gateway = create();
  const { response, calls, cold, invocation, authorizerInvocation } = await gateway.handle(REQUEST);
  expect(response.status).toBe(200);
  expect(calls?.map(({ functionName }) => functionName)).toEqual(['gate', 'fn']);
  expect([invocation?.requestId, authorizerInvocation?.requestId]).toEqual(['id-fn', 'id-gate']);
  expect(cold).toBe(true);
});

test.each(GATEWAYS)('%s APIs report no calls of a cached result', async (_kind, create) => {
  const gateway = create();
  await gateway.handle(REQUEST);
  const { calls, cold, authorizerInvocation } = await gateway.handle(REQUEST);
  expect(calls?.map(({ functionName }) => functionName)).toEqual(['fn']);
  expect([cold, authorizerInvocation]).toEqual([false, undefined]);
});
