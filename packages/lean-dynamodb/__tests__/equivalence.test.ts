/** The lean client and the stock client send the same requests, and return the same results and errors. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { build, type Sdk } from './support/build';
import { startTable } from './support/table';
import { type Answer, type RecordedRequest, startRecording } from './support/recording-dynamodb';

const RUNNER = path.join(__dirname, 'support/runner.ts');

/** Seed of the generated calls. Set another seed after a change of the client: SEED=7 npx jest equivalence */
const SEED = Number(process.env['SEED'] ?? 1);

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_FUNCTION_NAME: 'x',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
};

const error = (status: number, type: string, fields: object = {}, headers = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `It is ${type}.`, ...fields }),
});

const throttled = error(400, 'ThrottlingException', { throttlingReasons: [{ reason: 'r', resource: 'x' }] });

/** Each list contains the answers to the first attempts of a call. The calls use the lists in turn. */
const FAULTS: readonly (readonly Answer[])[] = [
  [],
  [throttled],
  [throttled, error(400, 'ProvisionedThroughputExceededException'), error(400, 'RequestLimitExceeded')],
  [error(500, 'InternalServerError')],
  [error(503, 'ServiceUnavailable'), 'reset'],
  ['reset', 'reset', 'reset'],
  ['hang'],
  ['cut'],
  ['cut', 'cut', 'cut'],
  [{ status: 503, body: '<html>not now</html>', headers: { 'content-type': 'text/html' } }],
  [{ status: 400, body: '<html>no</html>' }],
  [
    { status: 502, body: '' },
    { status: 504, body: '' },
    { status: 500, body: '' },
  ],
  [{ status: 400, body: '' }],
  [{ status: 400, body: '{}', headers: { 'x-amzn-errortype': 'ThrottlingException:http://x/' } }],
  [{ status: 400, body: '{"code":"AccessDeniedException","Message":"no"}' }],
  [{ status: 429, body: '{"message":"too many"}', headers: { 'retry-after': '0' } }],
  [error(400, 'SomethingNew', { Detail: 1, Other: null })],
  [error(400, 'ConditionalCheckFailedException', { Item: { id: { S: 'a' }, b: { B: 'AQI=' }, n: { N: '1' } } })],
  [
    error(400, 'TransactionCanceledException', {
      Message: 'Transaction cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { id: { S: 'a' } } }],
    }),
  ],
  [error(400, 'ResourceNotFoundException', {}, { 'x-amz-id-2': 'extended', 'x-amz-cf-id': 'cf' })],
  [error(400, 'ValidationException'), throttled],
  [error(400, 'UnrecognizedClientException')],
  [error(400, 'TransactionInProgressException'), error(400, 'ReplicatedWriteConflictException')],
  [{ status: 200, body: '' }],
  [{ status: 200, body: '{"Item":' }],
  [{ status: 200, body: '{"Item":{"id":{"S":"a"},"m":{"M":{"__proto__":{"N":"1"},"b":{"BS":["AQI="]}}}},"New":1}' }],
  [
    {
      status: 200,
      body: '{"Items":[{"n":{"N":"12345678901234567890"}}],"Count":1,"ConsumedCapacity":{"CapacityUnits":0.5}}',
    },
  ],
  [{ status: 200, body: '{"Item":{"id":{"New":"a"}},"Attributes":{"l":{"L":[{"NULL":true},{"BOOL":false}]}}}' }],
];

/** Fields of a table description that dynalite generates randomly. */
const RANDOM_FIELDS = /("\.(?:TableId|CreationDateTime|LastUpdateToPayPerRequestDateTime)":)(?:"[^"]*"|\{[^}]*\})/g;

interface Run {
  readonly results: readonly string[];
  readonly requests: readonly RecordedRequest[];
}

let folder: string;
const files = {} as Record<Sdk, string>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'equivalence-'));
  for (const sdk of ['stock', 'lean'] as const) {
    files[sdk] = path.join(folder, `${sdk}.js`);
    await build(RUNNER, files[sdk], sdk);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(sdk: Sdk, seed: number, calls: number, faults: readonly (readonly Answer[])[]): Promise<Run> {
  const dynamodb = await startTable('items');
  const server = await startRecording(dynamodb.endpoint, faults);
  const args = [files[sdk], server.endpoint, seed, calls, faults.length].map(String);
  const child = spawn(process.execPath, args, { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'inherit'] });
  const results: string[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    results.push(line.replaceAll(RANDOM_FIELDS, '$1"..."'));
  await Promise.all([server.stop(), dynamodb.stop()]);
  return { results, requests: server.requests };
}

/** Replaces the parts of a request that always differ: port, time, ids, signature. */
function withoutVaryingParts({ line, headers, body }: RecordedRequest): string {
  return [line, ...headers, body]
    .join('\n')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/(?<=\nx-amz-date\n|\nauthorization\n.*Credential=ASIAEXAMPLE\/)\d{8}(T\d{6}Z)?/g, 'DATE')
    .replace(/(?<=\namz-sdk-invocation-id\n)[0-9a-f-]{36}/, 'UUID')
    .replace(/(?<=Signature=)[0-9a-f]{64}/, 'SIGNATURE');
}

async function expectSame(seed: number, calls: number, faults: readonly (readonly Answer[])[]): Promise<Run> {
  const [stock, lean] = await Promise.all([run('stock', seed, calls, faults), run('lean', seed, calls, faults)]);
  expect(stock.results).toHaveLength(calls);
  for (const [index, expected] of stock.results.entries()) {
    expect([index, JSON.parse(lean.results[index] ?? 'null')]).toEqual([index, JSON.parse(expected)]);
    // The order of members is the same, too.
    expect(lean.results[index]).toBe(expected);
  }
  for (const [index, expected] of stock.requests.entries()) {
    const actual = lean.requests[index];
    expect([index, actual && withoutVaryingParts(actual)]).toEqual([index, withoutVaryingParts(expected)]);
  }
  expect(lean.requests).toHaveLength(stock.requests.length);
  return lean;
}

test('400 generated calls to dynalite: the same bytes, results and errors', async () => {
  const { results, requests } = await expectSame(SEED, 400, []);
  // The calls contain enough successes and failures.
  const failed = results.filter((line) => line.includes('"isService":true')).length;
  expect(failed).toBeGreaterThan(20);
  expect(results.length - failed).toBeGreaterThan(150);
  expect(requests.length).toBeGreaterThan(250);
});

test('168 generated calls to a faulty server: the same attempts, results and errors', async () => {
  const { results, requests } = await expectSame(SEED + 1, 6 * FAULTS.length, FAULTS);
  expect(results.filter((line) => line.includes('"isCondition":true')).length).toBeGreaterThan(2);
  expect(requests.length).toBeGreaterThan(results.length);
});

test("the lean client and the SDK's signer make the same signatures", async () => {
  const { requests } = await run('lean', 3, 20, []);
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: ENVIRONMENT.AWS_REGION,
    credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
    sha256: Sha256 as never,
  });
  expect(requests.length).toBeGreaterThan(10);
  for (const { headers, body } of requests) {
    const byName = Object.fromEntries(
      headers.flatMap((name, index) => (index % 2 ? [] : [[name, headers[index + 1]]])),
    );
    const { authorization, 'x-amz-date': date = '', ...others } = byName as Record<string, string>;
    const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
    const request = { method: 'POST', protocol: 'http:', hostname: 'x', path: '/', query: {}, headers: others };
    const signed = await signer.sign({ ...request, body: Buffer.from(body, 'latin1') } as never, {
      signingDate: new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`),
    });
    expect((signed as unknown as { headers: Record<string, string> }).headers['authorization']).toBe(authorization);
  }
});

/** Implements the SDK's Sha256 interface with Node.js. */
class Sha256 {
  private readonly hash: ReturnType<typeof createHash | typeof createHmac>;
  constructor(secret?: string | Uint8Array) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: Uint8Array | string): void {
    this.hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}
