/** Requests as they were sent, their answers, and sending them again. */
import { MAX_KEPT_BODY_BYTES } from '../../src/console/exchange';
import { invocationOf, requestOf, startConsole, type TestConsole } from '../support/console';
import { type Answer, send, sendJson } from '../support/http';

let fixture: TestConsole;

beforeAll(async () => {
  fixture = await startConsole();
});

afterAll(() => fixture.stop());

const RAW_HEADERS = [
  'Host',
  '127.0.0.1:1',
  'X-Api-Key',
  'first-key',
  'X-Tag',
  'a',
  'X-Tag',
  'b',
  'Content-Length',
  '4',
];

/** Adds a request to the history. @returns its number */
async function addRequest(body: Buffer | string, response: Buffer | string = '{"key":"first-key"}'): Promise<number> {
  fixture.history.addRequest(
    requestOf(invocationOf(1), {
      path: '/things/a?key=first-key',
      request: { rawHeaders: RAW_HEADERS, body: Buffer.from(body) },
      response: { status: 200, headers: [['content-type', 'application/json']], body: response },
    }),
  );
  return (await get('/api/requests')).json.requests[0].number as number;
}

const get = (target: string, headers = {}): Promise<Answer> => send(fixture.url, 'GET', target, { headers });

test('a request has its response, without API keys', async () => {
  const number = await addRequest('text');
  expect((await get(`/api/requests/${number}`)).json.response).toEqual({
    headers: [['content-type', 'application/json']],
    body: '{"key":"***"}',
  });
});

test.each([
  ['is not in UTF-8', Buffer.from([0xff, 0xfe])],
  ['is too long to keep', Buffer.alloc(MAX_KEPT_BODY_BYTES + 1, 'x')],
])('a response body that %s has only its length', async (_, body) => {
  const number = await addRequest('', body);
  const { response } = (await get(`/api/requests/${number}`)).json;
  expect(response).toEqual({ headers: expect.any(Array), bytes: body.length });
});

test('a request as it was sent has its credentials, and no header of the connection', async () => {
  const number = await addRequest('text');
  expect((await get(`/api/requests/${number}/sent`)).json).toEqual({
    stack: 'shop',
    api: 'http',
    url: fixture.apiUrl,
    method: 'PUT',
    path: '/things/a?key=first-key',
    headers: [
      ['x-api-key', 'first-key'],
      ['x-tag', 'a'],
      ['x-tag', 'b'],
    ],
    body: 'text',
  });
});

test('a body that is not in UTF-8 is in base64', async () => {
  const number = await addRequest(Buffer.from([0xff]));
  expect((await get(`/api/requests/${number}/sent`)).json).toMatchObject({ bodyBase64: '/w==' });
});

test('sends a request again with its credentials', async () => {
  const number = await addRequest('text');
  const { status, json } = await sendJson(fixture.url, 'POST', `/api/requests/${number}/send`, {});
  expect({ status, json }).toMatchObject({ status: 200, json: { status: 200 } });
  expect(JSON.parse(json.body as string)).toEqual({
    method: 'PUT',
    target: '/things/a?key=first-key',
    key: 'first-key',
  });
});

test('does not send a request again whose body was too long to keep', async () => {
  const number = await addRequest(Buffer.alloc(MAX_KEPT_BODY_BYTES + 1));
  expect((await get(`/api/requests/${number}/sent`)).json).toMatchObject({ droppedBytes: MAX_KEPT_BODY_BYTES + 1 });
  expect(await sendJson(fixture.url, 'POST', `/api/requests/${number}/send`, {})).toMatchObject({
    status: 400,
    json: { message: expect.stringMatching(/^The body of request \d+ has 131073 bytes/) },
  });
});

test('an unknown request is a 404', async () => {
  expect((await get('/api/requests/99999/sent')).status).toBe(404);
  expect((await sendJson(fixture.url, 'POST', '/api/requests/99999/send', {})).status).toBe(404);
});

test('a page of another site can neither read a sent request nor send it again', async () => {
  const number = await addRequest('text');
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'content-type': 'application/json' };
  expect((await get(`/api/requests/${number}/sent`, headers)).status).toBe(403);
  const again = await send(fixture.url, 'POST', `/api/requests/${number}/send`, { headers, body: '{}' });
  expect(again.status).toBe(403);
});
