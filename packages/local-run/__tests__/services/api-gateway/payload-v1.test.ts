/** Payload format 1.0 of HTTP APIs: the event of a function, and its result. */
import { httpApiEventV1 } from '../../../src/services/api-gateway/http-api/event-v1';
import { httpApiResponseV1 } from '../../../src/services/api-gateway/http-api/result-v1';
import { MalformedResultError } from '../../../src/services/api-gateway/gateway';

const REQUEST = {
  method: 'POST',
  rawPath: '/dev/items/a%20b',
  rawQuery: 'x=1&x=2&y=z',
  rawHeaders: [
    'Host',
    'localhost:3000',
    'X-One',
    'a',
    'x-one',
    'b',
    'USER-AGENT',
    'curl',
    'Content-Type',
    'text/plain',
  ],
  body: Buffer.from('hello'),
  isBodyTooLarge: false,
  sourceIp: '127.0.0.1',
  port: 3000,
  protocol: 'HTTP/1.1',
  requestId: 'id=',
  traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793',
  time: new Date('2026-11-21T10:00:00.123Z'),
};

const API = {
  kind: 'http-api' as const,
  address: '',
  id: 'abc1234567',
  name: 'api',
  account: '123456789012',
  stage: 'dev',
  stageVariables: { table: 'pets' },
  throttle: { rate: 1, burst: 1 },
  routes: [],
};

const ROUTED = { routeKey: 'POST /items/{id}', path: '/items/a b', pathParameters: { id: 'a b' } };

describe('the event', () => {
  test('has the fields of format 1.0, and the stage in its path', () => {
    expect(httpApiEventV1(REQUEST, API, ROUTED)).toEqual({
      version: '1.0',
      resource: '/items/{id}',
      path: '/dev/items/a b',
      httpMethod: 'POST',
      headers: expect.objectContaining({ 'x-one': 'b', 'content-type': 'text/plain', Host: 'localhost:3000' }),
      multiValueHeaders: expect.objectContaining({ 'x-one': ['a', 'b'], 'User-Agent': ['curl'] }),
      queryStringParameters: { x: '2', y: 'z' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['z'] },
      requestContext: {
        accountId: '123456789012',
        apiId: 'abc1234567',
        domainName: 'localhost:3000',
        domainPrefix: 'localhost:3000',
        extendedRequestId: 'id=',
        httpMethod: 'POST',
        identity: expect.objectContaining({ sourceIp: '127.0.0.1', userAgent: 'curl', accessKey: null, user: null }),
        path: '/dev/items/a b',
        protocol: 'HTTP/1.1',
        requestId: 'id=',
        requestTime: '21/Nov/2026:10:00:00 +0000',
        requestTimeEpoch: 1795255200123,
        resourceId: 'POST /items/{id}',
        resourcePath: '/items/{id}',
        stage: 'dev',
      },
      pathParameters: { id: 'a b' },
      stageVariables: { table: 'pets' },
      body: 'hello',
      isBase64Encoded: false,
    });
  });

  test('has null for absent values, and no stage of the name $default in its path', () => {
    const { stageVariables: _, ...api } = { ...API, stage: '$default' };
    const request = { ...REQUEST, rawQuery: '', body: Buffer.alloc(0) };
    expect(httpApiEventV1(request, api, { routeKey: '$default', path: '/x', pathParameters: {} })).toMatchObject({
      resource: '$default',
      path: '/x',
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  test.each([
    ['a token', { jwt: { claims: { sub: 'a' }, scopes: null } }, { claims: { sub: 'a' }, scopes: null }],
    ['a function', { lambda: { tenant: 't' } }, { claims: null, scopes: null, tenant: 't' }],
  ])('has what the authorizer found out with %s', (_name, authorizer, expected) => {
    expect(httpApiEventV1(REQUEST, API, { ...ROUTED, authorizer })).toMatchObject({
      requestContext: { authorizer: expected },
    });
  });
});

describe('the result', () => {
  const respond = (result: unknown) => httpApiResponseV1(JSON.stringify(result));

  test.each<[string, unknown, object]>([
    ['a status as text', { statusCode: '201' }, { status: 201, headers: [], body: '' }],
    ['unknown keys', { statusCode: 200, cookies: ['a=b'], x: 1 }, { status: 200, headers: [], body: '' }],
    [
      'headers with several values, which replace single values',
      { statusCode: 200, headers: { A: 'x', B: 'y' }, multiValueHeaders: { a: ['1', '2'] } },
      {
        headers: [
          ['b', 'y'],
          ['a', '1'],
          ['a', '2'],
        ],
      },
    ],
    ['a body in base64', { statusCode: 200, body: 'aGk=', isBase64Encoded: true }, { body: Buffer.from('hi') }],
  ])('accepts %s', (_name, result, expected) => {
    expect(respond(result)).toMatchObject(expected);
  });

  test.each<[string, unknown]>([
    ['no statusCode', { body: 'x' }],
    ['a text', 'x'],
    ['null', null],
    ['a statusCode that is no number', { statusCode: 'test' }],
    ['multiValueHeaders without arrays', { statusCode: 200, multiValueHeaders: { a: 'b' } }],
    ['a body that is no text', { statusCode: 200, body: {} }],
  ])('refuses %s', (_name, result) => {
    expect(() => respond(result)).toThrow(MalformedResultError);
  });
});
