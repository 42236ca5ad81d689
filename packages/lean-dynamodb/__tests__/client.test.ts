/** Parts of the lean client: configuration, endpoints, timeouts, and aborted requests. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DynamoDBClient as StockClient } from '@aws-sdk/client-dynamodb';
import { Client } from '../src/client/client';
import { createConfig } from '../src/client/config';
import { Deadlines } from '../src/client/deadlines';
import { resolveEndpoint } from '../src/client/endpoint';
import { Transport } from '../src/client/transport';

const PARTITIONS = path.join(
  path.dirname(require.resolve('@aws-sdk/core/package.json')),
  'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
);

const regions = [...readFileSync(PARTITIONS, 'utf8').matchAll(/"([a-z]{2,4}(?:-[a-z]+)+-\d+)": \{/g)].map(
  ([, region = '']) => region,
);

test('every region has the same endpoint as in the stock SDK', () => {
  expect(regions.length).toBeGreaterThan(35);
  for (const region of regions) {
    const { endpointProvider } = new StockClient({ region }).config;
    const { url } = endpointProvider({ Region: region });
    expect([region, resolveEndpoint(region, {}).host]).toEqual([region, url.host]);
  }
});

test.each([
  [
    'the option of the client takes precedence over environment variables',
    'https://a:1/',
    { AWS_ENDPOINT_URL_DYNAMODB: 'https://b', AWS_ENDPOINT_URL: 'https://c' },
    'a:1',
  ],
  [
    'AWS_ENDPOINT_URL_DYNAMODB takes precedence over AWS_ENDPOINT_URL',
    undefined,
    { AWS_ENDPOINT_URL_DYNAMODB: 'https://b', AWS_ENDPOINT_URL: 'https://c' },
    'b',
  ],
  ['AWS_ENDPOINT_URL applies to DynamoDB', undefined, { AWS_ENDPOINT_URL: 'https://c' }, 'c'],
  [
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS switches off the endpoints of the environment',
    undefined,
    { AWS_ENDPOINT_URL: 'https://c', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    'dynamodb.eu-west-1.amazonaws.com',
  ],
])('endpoint: %s', (_name, configured, environment, host) => {
  expect(resolveEndpoint('eu-west-1', environment, configured).host).toBe(host);
});

test('an IP address has no server name, IPv6 has no brackets, and the path ends with a slash', () => {
  expect(resolveEndpoint('x', {}, 'https://[::1]:8000/a')).toMatchObject({
    hostname: '::1',
    servername: '',
    path: '/a/',
  });
  expect(resolveEndpoint('x', {}, 'http://localhost')).toMatchObject({
    hostname: 'localhost',
    servername: 'localhost',
  });
});

test('the error for an endpoint that is not a URL shows the endpoint', () => {
  expect(() => resolveEndpoint('x', { AWS_ENDPOINT_URL: 'localhost' })).toThrow(
    'The endpoint of DynamoDB is not a URL: localhost. Set a URL',
  );
});

test.each<[string, () => unknown]>([
  ['an unknown option', () => createConfig({ region: 'x', logger: console } as never)],
  ['a custom request handler', () => createConfig({ region: 'x', requestHandler: { handle: 1 } as never })],
  [
    'a request timeout without throwOnRequestTimeout',
    () => createConfig({ region: 'x', requestHandler: { requestTimeout: 1 } }),
  ],
  ['middleware', () => (new Client({} as never).middlewareStack as unknown as { add: unknown }).add],
])('refuses %s, and says how to use the stock SDK', (_name, use) =>
  expect(use).toThrow('without the esbuild plugin lean-dynamodb'),
);

test('refuses a missing region, and says how to set it', () => {
  const { AWS_REGION: before } = process.env;
  delete process.env['AWS_REGION'];
  expect(() => createConfig({})).toThrow('The region is missing. Pass `region`, or set AWS_REGION.');
  if (before !== undefined) process.env['AWS_REGION'] = before;
});

test('each deadline expires at its own time, and a cancelled deadline never expires', async () => {
  const deadlines = new Deadlines();
  const expired: string[] = [];
  const start = performance.now();
  /** Records that a deadline expired, and whether its time had passed. */
  const record = (milliseconds: number) => () =>
    expired.push(`${milliseconds} ${performance.now() - start >= milliseconds - 1}`) > 0;
  const cancel = deadlines.set(30, record(30));
  deadlines.set(60, record(60));
  deadlines.set(90, record(90));
  cancel();
  await new Promise((resolve) => setTimeout(resolve, 150));
  deadlines.set(20, record(20));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(expired).toEqual(['60 true', '90 true', '20 true']);
});

test('a deadline expires before a later deadline that was set earlier', async () => {
  const deadlines = new Deadlines();
  const expired: string[] = [];
  const later = deadlines.set(60_000, () => expired.push('later'));
  deadlines.set(20, () => expired.push('sooner'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(expired).toEqual(['sooner']);
  later();
});

test('an abort signal ends a pending request, and prevents a new request', async () => {
  const server = http.createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = new Transport(resolveEndpoint('x', {}, url), { requestTimeout: 5000, throwOnRequestTimeout: true });
  const controller = new AbortController();
  const pending = transport.send(['host', 'x'], '', { abortSignal: controller.signal });
  await once(server, 'request');
  controller.abort(new Error('enough'));
  const abortError = { name: 'AbortError', message: 'Request aborted', cause: { message: 'enough' } };
  await expect(pending).rejects.toMatchObject(abortError);
  await expect(transport.send(['host', 'x'], '', { abortSignal: controller.signal })).rejects.toMatchObject(abortError);
  transport.destroy();
  await new Promise((resolve) => server.close(resolve));
});
