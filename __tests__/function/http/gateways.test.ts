/** Requests and answers behind both gateways: headers, claims, statuses and bodies. */
import '../../support/contract/quiet-log';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { httpApiHandler } from '../../../function/http/http-api';
import { restApiHandler } from '../../../function/http/rest-api';
import type { Answer, Request } from '../../../function/http/serve';
import { httpApiEvent, restApiEvent } from '../../support/contract/events';

const CONTEXT = { awsRequestId: 'invocation' } as Context;

/**
 * Returns the requests that a service gets behind an HTTP API and a REST API.
 * @param change changes the context of the events
 */
async function requests(change: (context: Record<string, unknown>) => void = () => undefined): Promise<Request[]> {
  const sent = { path: { id: 'a b' }, headers: { 'x-one': '1' }, query: { limit: '2' }, body: 'text' };
  const events = [httpApiEvent('GET /things/{id}', sent), restApiEvent('GET /things/{id}', sent)];
  const seen: Request[] = [];
  const service = (request: Request) => {
    seen.push(request);
    return Promise.resolve({ status: 200 });
  };
  for (const event of events) change(event.requestContext as unknown as Record<string, unknown>);
  await httpApiHandler(service)(events[0] as APIGatewayProxyEventV2, CONTEXT);
  await restApiHandler(service)(events[1] as APIGatewayProxyEvent, CONTEXT);
  return seen;
}

test('a service gets the same request behind both gateways, except for the stage in the path of the URL', async () => {
  const [http, rest] = await requests();
  expect(http).toMatchObject({
    routeKey: 'GET /things/{id}',
    urlPath: '/things/a%20b',
    path: { id: 'a b' },
    query: { limit: '2' },
    headers: { 'x-one': '1' },
    claims: {},
    body: 'text',
  });
  expect(rest).toEqual({ ...http, id: rest?.id, urlPath: '/prod/things/a%20b' });
});

test('behind a REST API, header names are in lower case, and repeated headers and parameters are joined', async () => {
  const event = restApiEvent('GET /things', {});
  Object.assign(event, {
    multiValueHeaders: { 'X-One': ['1', '2'] },
    multiValueQueryStringParameters: { a: ['1', '2'] },
  });
  const seen: Request[] = [];
  await restApiHandler((request) => Promise.resolve({ status: seen.push(request) }))(event, CONTEXT);
  expect(seen[0]).toMatchObject({ headers: { 'x-one': '1,2' }, query: { a: '1,2' } });
});

test('behind a REST API with CORS, responses and problems have the headers for the page', async () => {
  process.env['CORS_ORIGINS'] = 'https://a.example';
  try {
    const event = restApiEvent('GET /things', { headers: { origin: 'https://a.example' } });
    const answered = await restApiHandler(() => Promise.resolve({ status: 200, body: {} }))(event, CONTEXT);
    const failed = await restApiHandler(() => Promise.reject(new Error('no')))(event, CONTEXT);
    for (const { headers } of [answered, failed]) {
      expect(headers).toMatchObject({ 'access-control-allow-origin': 'https://a.example', vary: 'Origin' });
    }
    expect([answered.statusCode, failed.statusCode]).toEqual([200, 500]);
  } finally {
    delete process.env['CORS_ORIGINS'];
  }
});

test('behind an HTTP API, parameters that are null are empty', async () => {
  const event = { ...httpApiEvent('GET /things', {}), pathParameters: null, queryStringParameters: null };
  const seen: Request[] = [];
  const service = (request: Request) => Promise.resolve({ status: seen.push(request) });
  await httpApiHandler(service)(event as never, CONTEXT);
  expect(seen[0]).toMatchObject({ path: {}, query: {} });
});

test.each<[string, unknown, unknown, object]>([
  ['no authorizer', undefined, undefined, {}],
  ['a null authorizer', null, null, {}],
  ['a token', { jwt: { claims: { sub: 'ada' }, scopes: null } }, { claims: { sub: 'ada' } }, { sub: 'ada' }],
  [
    'an authorizer function',
    { lambda: { tenant: 't', level: 3 } },
    { tenant: 't', level: 3 },
    { tenant: 't', level: '3' },
  ],
  [
    'values that are not text',
    { lambda: { a: [1], b: null, c: true } },
    { a: [1], b: null, c: true },
    { a: '[1]', c: 'true' },
  ],
  ['IAM', { iam: { userArn: 'arn' } }, null, {}],
])('reads the claims of %s', async (_, http, rest, claims) => {
  const versions = [http, rest];
  const seen = await requests((context) => (context['authorizer'] = versions.shift()));
  expect(seen.map((request) => request.claims)).toEqual([claims, claims]);
});

/** Returns the results of an HTTP API and a REST API for an answer. */
async function results(answer: Answer) {
  const service = () => Promise.resolve(answer);
  return [
    await httpApiHandler(service)(httpApiEvent('GET /things', {}), CONTEXT),
    await restApiHandler(service)(restApiEvent('GET /things', {}), CONTEXT),
  ];
}

test('an answer without a body has no content type', async () => {
  const [http, rest] = await results({ status: 204, headers: { etag: '"1"' } });
  expect(http).toEqual({ statusCode: 204, headers: { etag: '"1"' } });
  expect(rest).toEqual({ statusCode: 204, headers: { etag: '"1"' }, body: '' });
});

test.each<[Answer, string, string]>([
  [{ status: 200, body: null }, 'application/json', 'null'],
  [{ status: 201, body: 'text' }, 'application/json', '"text"'],
  [{ status: 200, body: '<p>', headers: { 'content-type': 'text/html' } }, 'text/html', '<p>'],
  [{ status: 200, body: 'x', headers: { 'content-type': 'application/vnd.x+json' } }, 'application/vnd.x+json', '"x"'],
])('the answer %j has the content type %s and the body %s', async (answer, type, body) => {
  const expected = { statusCode: answer.status, headers: { 'content-type': type }, body };
  expect(await results(answer)).toEqual([expected, expected]);
});

test('the log line has the status of the answer', async () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const level = process.env['AWS_LAMBDA_LOG_LEVEL'];
  process.env['AWS_LAMBDA_LOG_LEVEL'] = 'ERROR';
  // The logger reads its level when it is loaded.
  jest.resetModules();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- reloads the module
  const { httpApiHandler: reloaded } = require('../../../function/http/http-api') as {
    readonly httpApiHandler: typeof httpApiHandler;
  };
  await reloaded(() => Promise.resolve({ status: 502 }))(httpApiEvent('GET /things', {}), CONTEXT);
  const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown);
  write.mockRestore();
  process.env['AWS_LAMBDA_LOG_LEVEL'] = level;
  expect(lines).toMatchObject([{ level: 'ERROR', status: 502, message: 'GET /things 502' }]);
});

test('each of several cookies is sent, and a single cookie is sent as a header', async () => {
  const cookies = ['a=1; Path=/', 'b=2'];
  expect(await results({ status: 204, headers: { 'Set-Cookie': cookies, vary: ['Accept', 'Origin'] } })).toEqual([
    { statusCode: 204, headers: { vary: 'Accept, Origin' }, cookies },
    {
      statusCode: 204,
      headers: {},
      multiValueHeaders: { 'Set-Cookie': cookies, vary: ['Accept', 'Origin'] },
      body: '',
    },
  ]);
  expect(await results({ status: 204, headers: { 'set-cookie': 'a=1' } })).toEqual([
    { statusCode: 204, headers: { 'set-cookie': 'a=1' } },
    { statusCode: 204, headers: { 'set-cookie': 'a=1' }, body: '' },
  ]);
});

test.each([
  ['Uint8Array', new Uint8Array([137, 80, 0, 255]).subarray(1)],
  ['Buffer', Buffer.from([80, 0, 255])],
])('an HTTP API sends a %s as bytes, with the content type of the answer', async (_, body) => {
  const [typed] = await results({ status: 200, headers: { 'Content-Type': 'image/png' }, body });
  expect(typed).toEqual({
    statusCode: 200,
    headers: { 'Content-Type': 'image/png' },
    body: Buffer.from([80, 0, 255]).toString('base64'),
    isBase64Encoded: true,
  });
  const [untyped] = await results({ status: 200, body });
  expect(untyped).toMatchObject({ headers: { 'content-type': 'application/octet-stream' }, isBase64Encoded: true });
});
