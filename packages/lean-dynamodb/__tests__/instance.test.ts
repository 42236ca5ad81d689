/** Behaviour that a function in Lambda relies on: trace ids, connections, credentials. Most tests run with both clients. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build, type Sdk } from './support/build';
import { type Certificate, makeCertificate } from './support/certificate';
import { getEvent, type Instance, LAMBDA_ENVIRONMENT, startInstance } from './support/instance';

const ANSWER = '{"Item":{"id":{"S":"a"},"price":{"N":"1"},"name":{"S":"n"}}}';

const hasOpenssl = !spawnSync('openssl', ['version']).error;
if (!hasOpenssl) process.stderr.write('Skipped: the TLS test, because openssl is not on the PATH\n');
const testWithTls = hasOpenssl ? test : test.skip;

interface Server {
  readonly port: number;
  readonly requests: http.IncomingMessage[];
  /** All connections so far. A TLS connection counts after its handshake. */
  readonly connections: Socket[];
  stop(): Promise<void>;
}

let folder: string;
let certificate: Certificate;
const files = {} as Record<Sdk, string>;
let server: Server;
let instance: Instance | undefined;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'instance-'));
  for (const sdk of ['stock', 'lean'] as const) {
    files[sdk] = path.join(folder, `${sdk}.js`);
    await build(path.join(__dirname, 'support/get-item.ts'), files[sdk], sdk);
  }
  if (hasOpenssl) certificate = makeCertificate(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

afterEach(async () => {
  await instance?.stop();
  instance = undefined;
  await server.stop();
});

async function startServer(tls?: Certificate): Promise<Server> {
  const requests: http.IncomingMessage[] = [];
  const connections: Socket[] = [];
  const answer: http.RequestListener = (request, response) => {
    requests.push(request);
    request.resume().on('end', () => response.writeHead(200, { 'x-amzn-requestid': 'ID' }).end(ANSWER));
  };
  const listener = tls ? https.createServer(tls, answer) : http.createServer(answer);
  listener.keepAliveTimeout = 60_000;
  listener.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => connections.push(socket));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    requests,
    connections,
    stop: async () => {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

async function start(sdk: Sdk, environment: Readonly<Record<string, string>> = {}): Promise<Instance> {
  const url = `http://127.0.0.1:${server.port}`;
  return startInstance(files[sdk], { ...LAMBDA_ENVIRONMENT, AWS_ENDPOINT_URL_DYNAMODB: url, ...environment });
}

describe.each(['lean', 'stock'] as const)('%s', (sdk) => {
  beforeEach(async () => {
    server = await startServer();
  });

  test("sends the invocation's X-Ray header, and reuses the connection", async () => {
    instance = await start(sdk);
    for (const trace of ['Root=1-a;Sampled=1', 'Root=1-b;Sampled=0']) {
      expect(await instance.invoke(getEvent('a'), { _X_AMZN_TRACE_ID: trace })).toMatchObject({ statusCode: 200 });
      expect(server.requests.at(-1)?.headers['x-amzn-trace-id']).toBe(trace);
    }
    expect(server.connections).toHaveLength(1);
  });

  test('replaces a connection that closed during a freeze, without an error', async () => {
    instance = await start(sdk);
    await instance.invoke(getEvent('a'));
    instance.freeze();
    server.connections[0]?.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    instance.thaw();
    expect(await instance.invoke(getEvent('a'))).toMatchObject({ statusCode: 200 });
    expect(server.connections).toHaveLength(2);
  });

  test('retries a request whose connection was reset, on a new connection', async () => {
    instance = await start(sdk);
    await instance.invoke(getEvent('a'));
    server.connections[0]?.once('data', () => server.connections[0]?.resetAndDestroy());
    expect(await instance.invoke(getEvent('a'))).toMatchObject({ statusCode: 200 });
    expect(server.requests.at(-1)?.headers['amz-sdk-request']).toBe('attempt=2; max=3');
  });

  test('uses AWS_ENDPOINT_URL when AWS_ENDPOINT_URL_DYNAMODB is empty', async () => {
    instance = await start(sdk, {
      AWS_ENDPOINT_URL_DYNAMODB: '',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}/base`,
    });
    expect(await instance.invoke(getEvent('a'))).toMatchObject({ statusCode: 200 });
    expect(server.requests[0]?.url).toBe('/base/');
  });
});

test('uses credentials that change between invocations, and fails without a secret', async () => {
  server = await startServer();
  instance = await start('lean');
  await instance.invoke(getEvent('a'));
  await instance.invoke(getEvent('a'), { AWS_ACCESS_KEY_ID: 'ASIASECOND', AWS_SESSION_TOKEN: 'second' });
  const sentCredentials = () =>
    server.requests.map(({ headers }) => [accessKeyId(headers), headers['x-amz-security-token']]);
  expect(sentCredentials()).toEqual([
    ['ASIAFIRST', 'token'],
    ['ASIASECOND', 'second'],
  ]);
  const { statusCode } = await instance.invoke(getEvent('a'), { AWS_SECRET_ACCESS_KEY: null });
  expect(statusCode).toBe(500);
  expect(
    await instance.invoke(getEvent('a'), { AWS_SECRET_ACCESS_KEY: 'other', AWS_SESSION_TOKEN: null }),
  ).toMatchObject({
    statusCode: 200,
  });
  expect(sentCredentials().at(-1)).toEqual(['ASIASECOND', undefined]);
});

function accessKeyId({ authorization }: http.IncomingHttpHeaders): string | undefined {
  return /Credential=(\w+)/.exec(authorization ?? '')?.[1];
}

testWithTls('opens a TLS connection while the function loads; the first request uses it', async () => {
  server = await startServer(certificate);
  instance = await start('lean', {
    AWS_ENDPOINT_URL_DYNAMODB: `https://localhost:${server.port}`,
    NODE_EXTRA_CA_CERTS: certificate.file,
  });
  for (let i = 0; i < 100 && server.connections.length === 0; i += 1) await new Promise((r) => setTimeout(r, 20));
  expect([server.connections.length, server.requests.length]).toEqual([1, 0]);
  expect(await instance.invoke(getEvent('a'))).toMatchObject({ statusCode: 200 });
  expect(server.connections).toHaveLength(1);
  // A connection that closes before its first use causes no error.
  await instance.stop();
  instance = await start('lean', {
    AWS_ENDPOINT_URL_DYNAMODB: `https://localhost:${server.port}`,
    NODE_EXTRA_CA_CERTS: certificate.file,
  });
  for (let i = 0; i < 100 && server.connections.length < 2; i += 1) await new Promise((r) => setTimeout(r, 20));
  server.connections[1]?.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await instance.invoke(getEvent('a'))).toMatchObject({ statusCode: 200 });
});

test.each([
  ['AWS_USE_FIPS_ENDPOINT', 'true', 'AWS_USE_FIPS_ENDPOINT is true'],
  ['AWS_USE_DUALSTACK_ENDPOINT', 'true', 'AWS_USE_DUALSTACK_ENDPOINT is true'],
  ['AWS_RETRY_MODE', 'adaptive', 'AWS_RETRY_MODE is adaptive'],
])('refuses %s=%s while loading, and says how to use the stock SDK', async (name, value, message) => {
  server = await startServer();
  const starting = start('lean', { [name]: value });
  await expect(starting).rejects.toThrow(message);
  await expect(starting).rejects.toThrow('without the esbuild plugin lean-dynamodb');
});
