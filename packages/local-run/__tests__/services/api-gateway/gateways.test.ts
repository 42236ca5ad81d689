/** The responses of HTTP APIs and REST APIs when a function fails. The tests run real functions with small handlers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';
import { RestApiGateway } from '../../../src/services/api-gateway/rest-api/gateway';
import { ServedFunction } from '../../../src/services/lambda/served-function';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793';

let folder: string;
let served: ServedFunction;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'gateways-'));
});

afterEach(async () => {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Options {
  /** The integration's timeout. */
  readonly timeoutMs?: number;
  readonly permitted?: boolean;
}

async function outcomes(handler: string, { timeoutMs = 5000, permitted = true }: Options = {}) {
  writeFileSync(path.join(folder, 'index.js'), `exports.handler = ${handler}`);
  served = new ServedFunction(
    {
      name: 'fn',
      arn: ARN,
      roleArn: 'arn:aws:iam::000000000000:role/fn',
      region: 'us-east-1',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      archive: '',
      archiveHash: '',
      memoryMb: 128,
      timeoutMs: 500,
      environment: {},
      logGroup: 'fn',
      logFormat: 'JSON',
      logLevel: 'INFO',
    },
    { taskRoot: folder, dynamodbEndpoint: 'http://127.0.0.1:1', onLog: () => undefined },
  );
  const functions = new Map([[ARN, served]]);
  const base = { address: '', id: 'abc', name: 'api', throttle: { rate: 100, burst: 100 } };
  const route = { routeKey: 'GET /a', functionArn: ARN, timeoutMs, permitted };
  const http = new HttpApiGateway({ ...base, kind: 'http-api', stage: '$default', routes: [route] }, functions);
  const restRoute = { ...route, resourceId: 'r', apiKeyRequired: false };
  const rest = new RestApiGateway(
    { ...base, kind: 'rest-api', stage: 'prod', routes: [restRoute], usagePlans: [], deploymentId: 'd' },
    functions,
  );
  const head = {
    method: 'GET',
    rawQuery: '',
    rawHeaders: [],
    sourceIp: '',
    port: 3000,
    protocol: 'HTTP/1.1',
    requestId: '1',
    traceId: TRACE_ID,
    body: Buffer.alloc(0),
    isBodyTooLarge: false,
    time: new Date(),
  };
  return Promise.all([http.handle({ ...head, rawPath: '/a' }), rest.handle({ ...head, rawPath: '/prod/a' })]);
}

async function responses(...parameters: Parameters<typeof outcomes>): Promise<string[]> {
  const all = await outcomes(...parameters);
  return all.map(({ response: { status, body } }) => `${status} ${body.toString()}`);
}

const HTTP_500 = '500 {"message":"Internal Server Error"}';
const REST_500 = '500 {"message":"Internal server error"}';
const REST_502 = '502 {"message":"Internal server error"}';

test.each([
  ['throws an error', "async () => { throw new Error('no') }"],
  ['exceeds its Lambda timeout', 'async () => new Promise((done) => setTimeout(done, 5000))'],
  ['ends its process', 'async () => process.exit(1)'],
  ['returns a malformed result', 'async () => ({ statusCode: 200, body: {} })'],
  ['returns more than 6 MB', "async () => ({ statusCode: 200, body: 'x'.repeat(7e6) })"],
])('a handler that %s causes 500 from an HTTP API and 502 from a REST API', async (_, handler) => {
  expect(await responses(handler)).toEqual([HTTP_500, REST_502]);
});

test('a function that the API may not invoke causes 500', async () => {
  expect(await responses('async () => ({ statusCode: 200 })', { permitted: false })).toEqual([HTTP_500, REST_500]);
});

test('an integration that exceeds its timeout causes 503 from an HTTP API and 504 from a REST API', async () => {
  const slow = 'async () => new Promise((done) => setTimeout(done, 400, { statusCode: 200 }))';
  expect(await responses(slow, { timeoutMs: 100 })).toEqual([
    '503 {"message":"Service Unavailable"}',
    '504 {"message":"Endpoint request timed out"}',
  ]);
});

test('headers about the connection between function and API do not reach the caller', async () => {
  const all = await outcomes(
    "async () => ({ statusCode: 200, headers: { Trailer: 'x', Connection: 'close' }, body: 'a' })",
  );
  const names = all.map(({ response }) => response.headers.map(([name]) => name.toLowerCase()));
  expect(names).toEqual([expect.not.arrayContaining(['trailer']), expect.not.arrayContaining(['trailer'])]);
});

test('the response of a REST API has the trace id and extended request id of the event', async () => {
  const [, rest] = await outcomes(`async ({ headers, requestContext }) => ({
    statusCode: 200,
    headers: { 'X-Amz-Apigw-Id': 'own' },
    body: JSON.stringify([headers['X-Amzn-Trace-Id'], requestContext.extendedRequestId]),
  })`);
  const headers = rest.response.headers.filter(([name]) => name.startsWith('x-am') || name.startsWith('X-Am'));
  const [trace, extended] = JSON.parse(String(rest.response.body)) as string[];
  expect(headers).toEqual([
    ['X-Amzn-Trace-Id', trace],
    ['x-amz-apigw-id', extended],
  ]);
});

test('the handler gets the trace id of the request as _X_AMZN_TRACE_ID, and outcomes name the invocation', async () => {
  const all = await outcomes('async (_, { awsRequestId }) => `${process.env._X_AMZN_TRACE_ID} ${awsRequestId}`');
  const [http] = all;
  expect(http.response.body).toBe(`${TRACE_ID} ${String(http.invocation?.requestId)}`);
  expect(all.map(({ invocation }) => invocation)).toEqual([
    expect.objectContaining({ functionName: 'fn', result: JSON.stringify(http.response.body) }),
    expect.objectContaining({ functionName: 'fn', event: expect.objectContaining({ path: '/a' }) }),
  ]);
});
