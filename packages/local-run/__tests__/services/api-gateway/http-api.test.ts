import { httpApiEvent } from '../../../src/services/api-gateway/http-api/event';
import { httpApiResponse } from '../../../src/services/api-gateway/http-api/result';
import { MalformedResultError } from '../../../src/services/api-gateway/gateway';
import { splitTarget } from '../../../src/services/api-gateway/request';

const TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793';

const api = {
  kind: 'http-api' as const,
  address: '',
  id: 'abc1234567',
  name: 'api',
  stage: '$default',
  throttle: { rate: 1, burst: 1 },
  routes: [],
};

const event = (options: { rawHeaders?: string[]; rawQuery?: string; body?: string | Buffer; stage?: string } = {}) =>
  httpApiEvent(
    {
      method: 'GET',
      rawPath: '/items/a%20b',
      rawQuery: options.rawQuery ?? '',
      rawHeaders: ['Host', 'localhost:3000', ...(options.rawHeaders ?? [])],
      body: Buffer.from(options.body ?? ''),
      isBodyTooLarge: false,
      sourceIp: '127.0.0.1',
      port: 3000,
      protocol: 'HTTP/1.1',
      requestId: 'id=',
      traceId: TRACE_ID,
      time: new Date('2026-11-21T10:00:00.123Z'),
    },
    { ...api, stage: options.stage ?? '$default' },
    { routeKey: 'GET /items/{id}', path: '/items/a b', pathParameters: { id: 'a b' } },
  );

test.each([
  ['/items?a=1', '/items', 'a=1'],
  ['http://localhost:3000/items?a=1', '/items', 'a=1'],
  ['/items?a=?&b', '/items', 'a=?&b'],
  ['*', '/*', ''],
  ['http://localhost', '/', ''],
])('splits the request target %s', (target, rawPath, rawQuery) => {
  expect(splitTarget(target)).toEqual({ rawPath, rawQuery });
});

describe('the event (format 2.0)', () => {
  test('omits absent values', () => {
    expect(event()).toEqual({
      version: '2.0',
      routeKey: 'GET /items/{id}',
      rawPath: '/items/a b',
      rawQueryString: '',
      headers: {
        host: 'localhost:3000',
        'x-amzn-trace-id': TRACE_ID,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '3000',
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'abc1234567',
        domainName: 'localhost:3000',
        domainPrefix: 'localhost:3000',
        http: { method: 'GET', path: '/items/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
        requestId: 'id=',
        routeKey: 'GET /items/{id}',
        stage: '$default',
        time: '21/Nov/2026:10:00:00 +0000',
        timeEpoch: 1795255200123,
      },
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
    });
  });

  test('joins repeated headers and query keys, separates cookies, and reads `+` as a space', () => {
    const { headers, cookies, queryStringParameters, rawQueryString } = event({
      rawHeaders: ['X-Probe', 'first', 'x-probe', 'second', 'Cookie', 'a=1; b=2', 'cookie', 'c=3'],
      rawQuery: 'repeat=one&repeat=two&plus=a+b&encoded=a%2Bb&empty=&bare',
    });
    expect(headers).toMatchObject({ 'x-probe': 'first,second' });
    expect(headers).not.toHaveProperty('cookie');
    expect(cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(queryStringParameters).toEqual({ repeat: 'one,two', plus: 'a b', encoded: 'a+b', empty: '', bare: '' });
    expect(rawQueryString).toBe('repeat=one&repeat=two&plus=a+b&encoded=a%2Bb&empty=&bare');
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/xml',
    'application/javascript',
    'application/problem+json',
  ])('passes a body of %s as text', (type) => {
    expect(event({ rawHeaders: ['Content-Type', type], body: 'ä' })).toMatchObject({
      body: 'ä',
      isBase64Encoded: false,
    });
  });

  test.each(['application/x-www-form-urlencoded', 'application/octet-stream', 'image/png', ''])(
    'passes a body of %s as base64',
    (type) => {
      const rawHeaders = type === '' ? [] : ['Content-Type', type];
      expect(event({ rawHeaders, body: 'ä' })).toMatchObject({ body: 'w6Q=', isBase64Encoded: true });
    },
  );

  test('has the name of a stage at the start of rawPath', () => {
    expect(event({ stage: 'dev' })).toMatchObject({ rawPath: '/dev/items/a b' });
  });
});

describe('the response to a result', () => {
  const respond = (result: unknown) => {
    const { status, headers, body } = httpApiResponse(JSON.stringify(result));
    return { status, headers: Object.fromEntries(headers), body: body.toString() };
  };

  test('has the whole result as its body when the result has no statusCode', () => {
    expect(respond({ hello: 'world' })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"hello":"world"}',
    });
    expect(respond('text').body).toBe('text');
    expect(respond(null).body).toBe('null');
  });

  test('has the status, headers, cookies and body of the result', () => {
    expect(respond({ statusCode: 201, headers: { 'X-A': 1 }, body: 'made' })).toMatchObject({
      status: 201,
      body: 'made',
      headers: { 'x-a': '1' },
    });
    expect(respond({ statusCode: '204' })).toMatchObject({ status: 204, body: '' });
    expect(respond({ statusCode: 200, body: 'w6Q=', isBase64Encoded: true }).body).toBe('ä');
    const { headers } = httpApiResponse(JSON.stringify({ statusCode: 200, cookies: ['a=1', 'b=2'] }));
    expect(headers).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
  });

  test.each([
    { statusCode: 'abc' },
    { statusCode: 42 },
    { statusCode: null },
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, headers: { a: {} } },
    { statusCode: 200, headers: { 'a b': '1' } },
    { statusCode: 200, headers: { a: 'x\r\ny' } },
    { statusCode: 200, headers: 'none' },
    { statusCode: 200, cookies: 'a=1' },
  ])('the malformed result %j throws a MalformedResultError', (result) => {
    expect(() => respond(result)).toThrow(MalformedResultError);
  });
});
