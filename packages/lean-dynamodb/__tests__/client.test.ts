/** The lean client by itself: endpoints, and what it refuses. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DynamoDBClient as Stock } from '@aws-sdk/client-dynamodb';
import { Client } from '../src/client/client';
import { configOf } from '../src/client/config';
import { Deadlines } from '../src/client/deadlines';
import { endpointOf } from '../src/client/endpoint';
import { Transport } from '../src/client/transport';

const PARTITIONS = path.join(
  path.dirname(require.resolve('@aws-sdk/core/package.json')),
  'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
);

const regions = [...readFileSync(PARTITIONS, 'utf8').matchAll(/"([a-z]{2,4}(?:-[a-z]+)+-\d+)": \{/g)].map(
  ([, region = '']) => region,
);

test("every region's endpoint is the one of the SDK's rules", () => {
  expect(regions.length).toBeGreaterThan(35);
  for (const region of regions) {
    const { endpointProvider } = new Stock({ region }).config;
    const { url } = endpointProvider({ Region: region });
    expect([region, endpointOf(region, {}).host]).toEqual([region, url.host]);
  }
});

test.each([
  [
    'the one of the client wins',
    'https://a:1/',
    { AWS_ENDPOINT_URL_DYNAMODB: 'https://b', AWS_ENDPOINT_URL: 'https://c' },
    'a:1',
  ],
  [
    'then the one for DynamoDB',
    undefined,
    { AWS_ENDPOINT_URL_DYNAMODB: 'https://b', AWS_ENDPOINT_URL: 'https://c' },
    'b',
  ],
  ['then the one for all services', undefined, { AWS_ENDPOINT_URL: 'https://c' }, 'c'],
  [
    'unless they are to be ignored',
    undefined,
    { AWS_ENDPOINT_URL: 'https://c', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    'dynamodb.eu-west-1.amazonaws.com',
  ],
])('%s', (_name, configured, environment, host) => {
  expect(endpointOf('eu-west-1', environment, configured).host).toBe(host);
});

test('an address has no server name, IPv6 no brackets, and the path ends with a slash', () => {
  expect(endpointOf('x', {}, 'https://[::1]:8000/a')).toMatchObject({ hostname: '::1', servername: '', path: '/a/' });
  expect(endpointOf('x', {}, 'http://localhost')).toMatchObject({ hostname: 'localhost', servername: 'localhost' });
});

test('an endpoint that is no URL is shown', () => {
  expect(() => endpointOf('x', { AWS_ENDPOINT_URL: 'localhost' })).toThrow('must be a URL, but was localhost');
});

test.each<[string, () => unknown]>([
  ['an option that is not understood', () => configOf({ region: 'x', logger: console } as never)],
  ['a request handler of another kind', () => configOf({ region: 'x', requestHandler: { handle: 1 } as never })],
  ['a time limit that does not end anything', () => configOf({ region: 'x', requestHandler: { requestTimeout: 1 } })],
  ['middleware', () => (new Client({} as never).middlewareStack as unknown as { add: unknown }).add],
])('refused, with the way out: %s', (_name, use) => expect(use).toThrow('sdk: "stock"'));

test('without a region it says where one comes from', () => {
  const { AWS_REGION: before } = process.env;
  delete process.env['AWS_REGION'];
  expect(() => configOf({})).toThrow('Region is missing: Lambda sets AWS_REGION');
  if (before !== undefined) process.env['AWS_REGION'] = before;
});

test('time limits end what is too late, and nothing else, each at its own time', async () => {
  const deadlines = new Deadlines();
  const ended: string[] = [];
  const start = performance.now();
  const end = (name: string) => () => ended.push(`${name} ${performance.now() - start >= Number(name) - 1}`) > 0;
  const callOff = deadlines.set(30, end('30'));
  deadlines.set(60, end('60'));
  deadlines.set(90, end('90'));
  callOff();
  await new Promise((resolve) => setTimeout(resolve, 150));
  deadlines.set(20, end('20'));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(ended).toEqual(['60 true', '90 true', '20 true']);
});

test('a signal ends a request, before it was sent and while it waits', async () => {
  const server = http.createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = new Transport(endpointOf('x', {}, url), { requestTimeout: 5000, throwOnRequestTimeout: true });
  const controller = new AbortController();
  const waiting = transport.send(['host', 'x'], '', { abortSignal: controller.signal });
  await once(server, 'request');
  controller.abort(new Error('enough'));
  const refused = { name: 'AbortError', message: 'Request aborted', cause: { message: 'enough' } };
  await expect(waiting).rejects.toMatchObject(refused);
  await expect(transport.send(['host', 'x'], '', { abortSignal: controller.signal })).rejects.toMatchObject(refused);
  transport.destroy();
  await new Promise((resolve) => server.close(resolve));
});
