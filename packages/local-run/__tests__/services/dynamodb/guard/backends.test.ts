/** Calls that the guard passes on to a DynamoDB elsewhere, over sockets. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { remote } from '../../../../src/services/dynamodb/guard/backends';

const servers: Server[] = [];

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @returns where it is called through the guard's way */
async function before(elsewhere: string): Promise<string> {
  const backend = remote(elsewhere);
  return listening((request, response) => {
    void text(request).then((body) => backend(request, response, Buffer.from(body)));
  });
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('a request comes with the credentials of the run, and without the function’s', async () => {
  const seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  let sent = '';
  const elsewhere = await listening((request, response) => {
    seen.push(request);
    void text(request).then((body) => {
      sent = body;
      response.end('{}');
    });
  });
  const headers = { 'X-Amz-Target': 'T', Authorization: 'own', 'x-amz-security-token': 'own', 'X-Amz-Date': 'own' };
  await fetch(`${await before(`${elsewhere}/base/`)}/path?x=1`, { method: 'POST', headers, body: '{"é":1}' });
  expect(seen[0]).toMatchObject({ method: 'POST', url: '/base/path?x=1' });
  expect(sent).toBe('{"é":1}');
  expect(seen[0]?.headers).toMatchObject({
    'x-amz-target': 'T',
    host: new URL(elsewhere).host,
    'content-length': '8',
    authorization: expect.stringContaining('Credential=local/') as string,
  });
  expect(seen[0]?.headers).not.toHaveProperty('x-amz-security-token');
  expect(seen[0]?.headers['x-amz-date']).toMatch(/^\d{8}T\d{6}Z$/);
});

test('an answer that comes piece by piece arrives whole, with its status and headers', async () => {
  const elsewhere = await listening((_request, response) => {
    response.writeHead(400, { 'x-amz-crc32': '1', trailer: 'x-end' });
    response.write('{"a":');
    setImmediate(() => response.end('"é"}'));
  });
  const answer = await fetch(await before(elsewhere), { method: 'POST', body: '{}' });
  expect([answer.status, answer.headers.get('x-amz-crc32'), await answer.text()]).toEqual([400, '1', '{"a":"é"}']);
  expect(answer.headers.get('content-length')).toBe('10');
});

test.each([
  ['before its answer', (response) => response.destroy()],
  ['in the midst of it', (response) => response.write('{', () => response.destroy())],
] satisfies [string, (response: Parameters<RequestListener>[1]) => unknown][])(
  'a connection that breaks %s breaks for the function, too',
  async (_when, breakOff) => {
    const elsewhere = await listening((_request, response) => void breakOff(response));
    await expect(fetch(await before(elsewhere), { method: 'POST', body: '{}' })).rejects.toThrow('fetch failed');
  },
);

test('a function that gives up ends the call', async () => {
  let ended: (value: unknown) => void = () => undefined;
  const closed = new Promise((resolve) => (ended = resolve));
  const asked = new AbortController();
  const elsewhere = await listening((_request, response) => {
    response.once('close', ended);
    asked.abort();
  });
  const call = fetch(await before(elsewhere), { method: 'POST', body: '{}', signal: asked.signal });
  await expect(call).rejects.toThrow('aborted');
  await closed;
});
