import { restApiEvent } from '../../../src/services/api-gateway/rest-api/event';
import { restApiResponse } from '../../../src/services/api-gateway/rest-api/result';
import { MalformedResultError } from '../../../src/services/api-gateway/gateway';

const route = {
  routeKey: 'POST /{proxy+}',
  resourceId: 'al6gqb',
  functionArn: '',
  timeoutMs: 29_000,
  permitted: true,
  apiKeyRequired: false,
};
const api = {
  kind: 'rest-api' as const,
  address: '',
  id: 'abc1234567',
  name: 'api',
  stage: 'live',
  throttle: { rate: 1, burst: 1 },
  routes: [route],
  usagePlans: [],
  deploymentId: 'dep123',
};

const event = (
  options: { rawHeaders?: string[]; rawQuery?: string; body?: string; parameters?: Record<string, string> } = {},
) =>
  restApiEvent(
    {
      method: 'POST',
      rawPath: '/live/capture/space%20value',
      rawQuery: options.rawQuery ?? '',
      rawHeaders: ['Host', 'localhost:3000', ...(options.rawHeaders ?? [])],
      body: Buffer.from(options.body ?? ''),
      isBodyTooLarge: false,
      sourceIp: '127.0.0.1',
      port: 3000,
      protocol: 'HTTP/1.1',
      requestId: 'an-id',
      traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793',
      time: new Date('2026-11-21T10:00:00.123Z'),
    },
    api,
    route,
    '/capture/space%20value',
    options.parameters ?? { proxy: 'capture/space%20value' },
    'an-extended-id=',
  );

describe('the event (format 1.0)', () => {
  test('has the path without the stage, keeps encoding and header case, and has null for absent values', () => {
    expect(event({ parameters: {} })).toMatchObject({
      resource: '/{proxy+}',
      path: '/capture/space%20value',
      httpMethod: 'POST',
      headers: { Host: 'localhost:3000' },
      multiValueHeaders: { Host: ['localhost:3000'] },
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: {
        path: '/live/capture/space%20value',
        stage: 'live',
        resourcePath: '/{proxy+}',
        requestId: 'an-id',
        extendedRequestId: 'an-extended-id=',
        requestTime: '21/Nov/2026:10:00:00 +0000',
        identity: { sourceIp: '127.0.0.1', userAgent: null },
      },
    });
  });

  // Recorded from AWS on 2026-07-10: hotsock/voker, vokerhttp/testdata/apigwv1-request.json.
  test('has the last value of a repeated header or query key, and all values in the multi-value fields', () => {
    const probed = event({
      rawHeaders: ['x-voker-probe', 'first', 'x-voker-probe', 'second'],
      rawQuery:
        'repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
    });
    expect(probed).toMatchObject({
      headers: { 'x-voker-probe': 'second' },
      multiValueHeaders: { 'x-voker-probe': ['first', 'second'] },
      queryStringParameters: {
        repeat: 'two',
        redirect: 'https://example.com/a/b',
        literalPlus: 'a b',
        encodedPlus: 'a+b',
        empty: '',
      },
      multiValueQueryStringParameters: { repeat: ['one', 'two'], empty: [''] },
      pathParameters: { proxy: 'capture/space%20value' },
    });
  });

  test('has a body of any content type as text', () => {
    const rawHeaders = ['Content-Type', 'application/x-www-form-urlencoded'];
    expect(event({ rawHeaders, body: 'ä=1' })).toMatchObject({ body: 'ä=1', isBase64Encoded: false });
  });
});

describe('the response to a result', () => {
  const respond = (result: unknown) => {
    const { status, headers, body } = restApiResponse(JSON.stringify(result));
    return { status, headers, body: body.toString() };
  };

  test('has the status, as number or text, and all values of the headers', () => {
    expect(respond({ statusCode: 201, body: 'made' })).toEqual({
      status: 201,
      headers: [['content-type', 'application/json']],
      body: 'made',
    });
    expect(respond({ statusCode: null, body: 'x' })).toMatchObject({ status: 200 });
    expect(respond({ statusCode: '201' })).toMatchObject({ status: 201 });
    expect(respond({ headers: { 'X-A': 1 } })).toMatchObject({
      status: 200,
      headers: [
        ['content-type', 'application/json'],
        ['X-A', '1'],
      ],
    });
    expect(
      respond({ headers: { a: 'lost', 'content-type': 'text/plain' }, multiValueHeaders: { A: ['1', '2'] } }).headers,
    ).toEqual([
      ['content-type', 'text/plain'],
      ['A', '1'],
      ['A', '2'],
    ]);
  });

  test.each([
    [{}],
    ['text'],
    [null],
    [[]],
    [{ statusCode: 200, colour: 'red' }],
    [{ statusCode: 'abc' }],
    [{ statusCode: 200, body: {} }],
    [{ statusCode: 200, multiValueHeaders: { a: 'b' } }],
    [{ statusCode: 200, headers: { a: 'x\r\ny' } }],
  ])('the malformed result %j throws a MalformedResultError', (result) => {
    expect(() => respond(result)).toThrow(MalformedResultError);
  });
});
