/** Tests the backend that forwards calls to a remote DynamoDB. The connections are real. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { remoteBackend } from '../../../../src/services/dynamodb/guard/remote-backend';

const servers: Server[] = [];

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts a server that forwards to the remote DynamoDB. @returns its endpoint */
async function startForwarder(remote: string): Promise<string> {
  const backend = remoteBackend(remote);
  return listen((request, response) => {
    void text(request).then((body) => backend.answer(request, response, Buffer.from(body)));
  });
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test("replaces the function's signature by the placeholder signature", async () => {
  const seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  let sent = '';
  const remote = await listen((request, response) => {
    seen.push(request);
    void text(request).then((body) => {
      sent = body;
      response.end('{}');
    });
  });
  const headers = { 'X-Amz-Target': 'T', Authorization: 'a', 'x-amz-security-token': 'b', 'X-Amz-Date': 'c' };
  await fetch(`${await startForwarder(`${remote}/base/`)}/path?x=1`, { method: 'POST', headers, body: '{"é":1}' });
  expect(seen[0]).toMatchObject({ method: 'POST', url: '/base/path?x=1' });
  expect(sent).toBe('{"é":1}');
  expect(seen[0]?.headers).toMatchObject({
    'x-amz-target': 'T',
    host: new URL(remote).host,
    'content-length': '8',
    authorization: expect.stringContaining('Credential=local/') as string,
  });
  expect(seen[0]?.headers).not.toHaveProperty('x-amz-security-token');
  expect(seen[0]?.headers['x-amz-date']).toMatch(/^\d{8}T\d{6}Z$/);
});

test('sends a chunked response as a whole, with its status and headers', async () => {
  const remote = await listen((_request, response) => {
    response.writeHead(400, { 'x-amz-crc32': '1', trailer: 'x-end' });
    response.write('{"a":');
    setImmediate(() => response.end('"é"}'));
  });
  const answer = await fetch(await startForwarder(remote), { method: 'POST', body: '{}' });
  expect([answer.status, answer.headers.get('x-amz-crc32'), await answer.text()]).toEqual([400, '1', '{"a":"é"}']);
  expect(answer.headers.get('content-length')).toBe('10');
});

test.each([
  ['before the response', (response) => response.destroy()],
  ['during the response', (response) => response.write('{', () => response.destroy())],
] satisfies [string, (response: Parameters<RequestListener>[1]) => unknown][])(
  "breaks the function's connection when the remote connection breaks %s",
  async (_when, breakConnection) => {
    const remote = await listen((_request, response) => void breakConnection(response));
    await expect(fetch(await startForwarder(remote), { method: 'POST', body: '{}' })).rejects.toThrow('fetch failed');
  },
);

test('ends the remote call when the function closes its connection', async () => {
  let ended: (value: unknown) => void = () => undefined;
  const closed = new Promise((resolve) => (ended = resolve));
  const abort = new AbortController();
  const remote = await listen((_request, response) => {
    response.once('close', ended);
    abort.abort();
  });
  const call = fetch(await startForwarder(remote), { method: 'POST', body: '{}', signal: abort.signal });
  await expect(call).rejects.toThrow('aborted');
  await closed;
});
