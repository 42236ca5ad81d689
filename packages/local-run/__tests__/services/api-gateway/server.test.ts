/** The server of an API. Each test defines the responses of the gateway. */
import { setTimeout } from 'node:timers/promises';
import { ReloadBarrier } from '../../../src/engine/reload-barrier';
import { type Gateway, gatewayError, type HttpResponse } from '../../../src/services/api-gateway/gateway';
import { GatewayServer, type RequestLog } from '../../../src/services/api-gateway/server';

const logs: RequestLog[] = [];
let barrier: ReloadBarrier;
let server: GatewayServer;
let url: string;

beforeEach(async () => {
  logs.length = 0;
  barrier = new ReloadBarrier(60_000);
  server = new GatewayServer({ stack: 's', api: 'a', barrier, onRequest: (log) => logs.push(log) });
  url = await server.listen(0);
});
afterEach(() => server.close());

const gatewayOf = (handle: Gateway['handle'], id = '1'): Gateway => ({
  requestIdHeader: 'x-id',
  newRequestId: () => id,
  handle,
});

/** A gateway that always sends this response. */
const responding = (response: HttpResponse, id?: string) => gatewayOf(() => Promise.resolve({ response }), id);

const ok = (body: string): HttpResponse => ({ status: 200, headers: [], body });

const textOf = async (response: Promise<Response>) => (await response).text();

test('an unsendable response becomes a 500, and the next response is sent', async () => {
  // Node.js refuses the header trailer together with a content-length.
  const unsendable = { ...ok('never seen'), headers: [['trailer', 'x'] as const, ['x-left', 'y'] as const] };
  server.replaceGateway(responding(unsendable));
  const response = await fetch(url);
  expect(response.statusText).toBe('Internal Server Error');
  expect([
    response.status,
    await response.json(),
    response.headers.get('x-left'),
    response.headers.get('x-id'),
  ]).toEqual([500, { message: 'Internal Server Error' }, null, '1']);
  server.replaceGateway(gatewayOf(() => Promise.resolve(gatewayError(404, 'seen', ''))));
  expect((await fetch(url)).status).toBe(404);
  expect(logs.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^fault of the local run: .*trailer/i), '']);
});

test('an error of the gateway becomes a 500, and the log has the error', async () => {
  server.replaceGateway(gatewayOf(() => Promise.reject(new Error('no'))));
  expect((await fetch(url)).status).toBe(500);
  expect(logs).toEqual([
    expect.objectContaining({ stack: 's', api: 'a', requestId: '1', path: '/', reason: expect.stringContaining('no') }),
  ]);
});

test.each([
  ['text', 'über 𝄞'],
  ['bytes', Buffer.from('über 𝄞')],
])('sends a body of %s as UTF-8, also together with a header in Latin-1', async (_kind, body) => {
  const headers = [['x-name', 'über'] as const, ['x-plain', 'y'] as const];
  server.replaceGateway(responding({ status: 200, headers, body }));
  const response = await fetch(url);
  expect([response.headers.get('x-name'), response.headers.get('content-length')]).toEqual(['über', '10']);
  expect(await response.text()).toBe('über 𝄞');
});

test('sends repeated headers; if their names differ in case, sends only the last header', async () => {
  const file = 'attachment; filename="ü.txt"';
  const headers = [
    ...[['x-a', '1'] as const, ['x-a', '2'] as const, ['x-b', '3'] as const, ['X-B', '4'] as const],
    ...[['set-cookie', 'a=1'] as const, ['set-cookie', 'b=2'] as const],
    ...[['content-disposition', file] as const, ['content-length', '99'] as const],
  ];
  server.replaceGateway(responding({ status: 200, headers, body: 'ü' }));
  const response = await fetch(url);
  const { headers: sent } = response;
  expect([sent.get('x-a'), sent.get('x-b'), sent.getSetCookie()]).toEqual(['1, 2', '4', ['a=1', 'b=2']]);
  expect([sent.get('content-disposition'), sent.get('content-length'), await response.text()]).toEqual([
    file,
    '2',
    'ü',
  ]);
});

test.each([
  ['Root=1-5759e988-bd862e3fe1be46a994272793', 'Root=1-5759e988-bd862e3fe1be46a994272793'],
  ['Self=x; Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1', 'Root=1-5759e988-bd862e3fe1be46a994272793'],
  ['Root=1-5759e988 x', expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)],
])('for the trace header %s the trace id is %s', async (header, expected) => {
  server.replaceGateway(gatewayOf(({ traceId }) => Promise.resolve({ response: ok(traceId) })));
  expect(await textOf(fetch(url, { headers: { 'x-amzn-trace-id': header } }))).toEqual(expected);
});

describe('during a reload', () => {
  test('requests wait, and the new gateway handles them; the log has the waiting time', async () => {
    server.replaceGateway(responding(ok('first'), '1'));
    expect(await textOf(fetch(url))).toBe('first');
    barrier.close();
    const response = fetch(url);
    await setTimeout(30);
    server.replaceGateway(responding(ok('second'), '2'));
    barrier.open();
    expect(await textOf(response)).toBe('second');
    expect((await response).headers.get('x-id')).toBe('2');
    expect(logs.map(({ heldMs }) => heldMs)).toEqual([0, expect.any(Number)]);
    expect(logs[1]?.heldMs).toBeGreaterThan(5);
  });

  test('requests that arrive before the first gateway wait for that gateway', async () => {
    const response = fetch(url);
    await setTimeout(20);
    server.replaceGateway(responding(ok('first')));
    expect(await textOf(response)).toBe('first');
  });

  test('a server drains when pending requests have ended; waiting and later requests get a 404', async () => {
    const finish: (() => void)[] = [];
    const slow = gatewayOf(async () => {
      await new Promise<void>((resolve) => void finish.push(resolve));
      return { response: ok('first') };
    });
    server.replaceGateway(slow);
    const pending = fetch(url);
    while (finish.length === 0) await setTimeout(1);
    barrier.close();
    const waiting = fetch(url);
    await setTimeout(30);
    let isDrained = false;
    const draining = server.drain().then(() => (isDrained = true));
    barrier.open();
    expect((await waiting).status).toBe(404);
    expect(isDrained).toBe(false);
    finish[0]?.();
    await draining;
    expect(await textOf(pending)).toBe('first');
    expect((await fetch(url)).status).toBe(404);
  });
});
