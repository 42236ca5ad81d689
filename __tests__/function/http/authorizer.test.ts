/** The handlers of authorizer functions. */
import '../../support/contract/quiet-log';
import type { APIGatewayRequestAuthorizerEvent, APIGatewayRequestAuthorizerEventV2, Context } from 'aws-lambda';
import { type AuthorizerRequest, httpApiAuthorizer, restApiAuthorizer } from '../../../function/http/authorizer';

const CONTEXT = { awsRequestId: '1' } as Context;

/** Reduced events, as API Gateway sends them. */
const HTTP_EVENT = {
  version: '2.0',
  type: 'REQUEST',
  routeKey: 'GET /notes/{noteId}',
  headers: { 'x-session': 'ada' },
  queryStringParameters: { a: '1' },
  pathParameters: { noteId: '7' },
  requestContext: { requestId: 'r1' },
} as unknown as APIGatewayRequestAuthorizerEventV2;

const REST_EVENT = {
  type: 'REQUEST',
  methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/notes/7',
  resource: '/notes/{noteId}',
  httpMethod: 'GET',
  multiValueHeaders: { 'X-Session': ['ada'] },
  multiValueQueryStringParameters: { a: ['1', '2'] },
  pathParameters: { noteId: '7' },
  requestContext: { requestId: 'r1' },
} as unknown as APIGatewayRequestAuthorizerEvent;

describe('of an HTTP API', () => {
  test('allows the caller, and passes the claims on', async () => {
    const handler = httpApiAuthorizer(({ headers }) => ({ sub: headers['x-session'] ?? '' }));
    expect(await handler(HTTP_EVENT, CONTEXT)).toEqual({ isAuthorized: true, context: { sub: 'ada' } });
  });

  test('refuses the caller when there are no claims', async () => {
    expect(await httpApiAuthorizer(() => undefined)(HTTP_EVENT, CONTEXT)).toEqual({ isAuthorized: false, context: {} });
  });

  test('gets the route and the parts of the request', async () => {
    const requests: AuthorizerRequest[] = [];
    await httpApiAuthorizer((request) => void requests.push(request))(HTTP_EVENT, CONTEXT);
    expect(requests).toEqual([
      {
        ...{ id: 'r1', routeKey: 'GET /notes/{noteId}', path: { noteId: '7' } },
        ...{ query: { a: '1' }, headers: { 'x-session': 'ada' } },
      },
    ]);
  });
});

describe('of a REST API', () => {
  test('allows the whole stage, because API Gateway caches the decision by route', async () => {
    const handler = restApiAuthorizer(({ headers }) => ({ sub: headers['x-session'] ?? '' }));
    expect(await handler(REST_EVENT, CONTEXT)).toEqual({
      principalId: 'ada',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: 'arn:aws:execute-api:eu-west-1:111122223333:abc/prod/*',
          },
        ],
      },
      context: { sub: 'ada' },
    });
  });

  test('denies the request when there are no claims', async () => {
    const result = await restApiAuthorizer(() => undefined)(REST_EVENT, CONTEXT);
    expect(result).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } });
    expect(result).not.toHaveProperty('context');
  });

  test('gets the route and the parts of the request', async () => {
    const requests: AuthorizerRequest[] = [];
    await restApiAuthorizer((request) => void requests.push(request))(REST_EVENT, CONTEXT);
    expect(requests).toEqual([
      {
        ...{ id: 'r1', routeKey: 'GET /notes/{noteId}', path: { noteId: '7' } },
        ...{ query: { a: '1,2' }, headers: { 'x-session': 'ada' } },
      },
    ]);
  });
});

test('an error of the decision fails the invocation: API Gateway answers 500', async () => {
  const failing = () => Promise.reject(new Error('no database'));
  await expect(httpApiAuthorizer(failing)(HTTP_EVENT, CONTEXT)).rejects.toThrow('no database');
  await expect(restApiAuthorizer(failing)(REST_EVENT, CONTEXT)).rejects.toThrow('no database');
});
