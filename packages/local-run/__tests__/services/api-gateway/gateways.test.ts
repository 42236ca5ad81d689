/** What the gateways answer when the function fails them, with real, tiny handler files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';
import { RestApiGateway } from '../../../src/services/api-gateway/rest-api/gateway';
import { Pool } from '../../../src/services/lambda/pool';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

let folder: string;
let pool: Pool;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'gateways-'));
});

afterEach(async () => {
  await pool.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Options {
  /** How long the gateway waits, in ms. */
  readonly timeoutMs?: number;
  readonly permitted?: boolean;
}

async function outcomes(handler: string, { timeoutMs = 5000, permitted = true }: Options = {}) {
  writeFileSync(path.join(folder, 'index.js'), `exports.handler = ${handler}`);
  pool = new Pool(
    {
      name: 'fn',
      arn: ARN,
      roleArn: 'arn:aws:iam::000000000000:role/fn',
      region: 'us-east-1',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      archive: '',
      archiveHash: undefined,
      memoryMb: 128,
      timeoutMs: 500,
      environment: {},
      logGroup: 'fn',
      logFormat: 'JSON',
      logLevel: 'INFO',
    },
    { taskRoot: folder, dynamodbEndpoint: 'http://127.0.0.1:1', onLog: () => undefined },
  );
  const pools = new Map([[ARN, pool]]);
  const base = { address: '', id: 'abc', name: 'api', throttle: { rate: 100, burst: 100 } };
  const route = { routeKey: 'GET /a', functionArn: ARN, timeoutMs, permitted };
  const http = new HttpApiGateway({ ...base, kind: 'http-api', stage: '$default', routes: [route] }, pools);
  const restRoute = { ...route, resourceId: 'r', apiKeyRequired: false };
  const rest = new RestApiGateway(
    { ...base, kind: 'rest-api', stage: 'prod', routes: [restRoute], usagePlans: [], deploymentId: 'd' },
    pools,
  );
  const head = {
    method: 'GET',
    rawQuery: '',
    rawHeaders: [],
    sourceIp: '',
    protocol: 'HTTP/1.1',
    requestId: '1',
    time: new Date(),
  };
  return Promise.all([
    http.handle({ ...head, rawPath: '/a' }, Buffer.alloc(0)),
    rest.handle({ ...head, rawPath: '/prod/a' }, Buffer.alloc(0)),
  ]);
}

async function answers(...asked: Parameters<typeof outcomes>): Promise<string[]> {
  const all = await outcomes(...asked);
  return all.map(({ response: { status, body } }) => `${status} ${body.toString()}`);
}

const HTTP_500 = '500 {"message":"Internal Server Error"}';
const REST_500 = '500 {"message":"Internal server error"}';
const REST_502 = '502 {"message":"Internal server error"}';

test.each([
  ['throws', "async () => { throw new Error('no') }"],
  ['times out within Lambda', 'async () => new Promise((done) => setTimeout(done, 5000))'],
  ['exits', 'async () => process.exit(1)'],
  ['gives a malformed result', 'async () => ({ statusCode: 200, body: {} })'],
  ['gives more than 6 MB', "async () => ({ statusCode: 200, body: 'x'.repeat(7e6) })"],
])('a handler that %s: 500, and 502 from a REST API', async (_, handler) => {
  expect(await answers(handler)).toEqual([HTTP_500, REST_502]);
});

test('a function that the gateway may not invoke: 500', async () => {
  expect(await answers('async () => ({ statusCode: 200 })', { permitted: false })).toEqual([HTTP_500, REST_500]);
});

test('an integration that takes too long: 503, and 504 from a REST API', async () => {
  const slow = 'async () => new Promise((done) => setTimeout(done, 400, { statusCode: 200 }))';
  expect(await answers(slow, { timeoutMs: 100 })).toEqual([
    '503 {"message":"Service Unavailable"}',
    '504 {"message":"Endpoint request timed out"}',
  ]);
});

test('a header about the connection between function and gateway goes no further', async () => {
  const all = await outcomes(
    "async () => ({ statusCode: 200, headers: { Trailer: 'x', Connection: 'close' }, body: 'a' })",
  );
  const names = all.map(({ response }) => response.headers.map(([name]) => name.toLowerCase()));
  expect(names).toEqual([expect.not.arrayContaining(['trailer']), expect.not.arrayContaining(['trailer'])]);
});

test('the ids on the answer of a REST API are those of the event', async () => {
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
