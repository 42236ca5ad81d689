/** Random requests cause no 5xx and no hang. A stored item has exactly the values of the request. */
import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { send, sendJson } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';

let run: ItemsRun;

beforeAll(async () => {
  run = await startItemsRun();
});

afterAll(() => run.stop());

const json = { 'content-type': 'application/json' };
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

test('refuses random JSON as a body', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (body) => {
      const { status } = await send(run.url, 'PUT', '/items', { headers: json, body });
      expect(status).toBe(400);
    }),
    { numRuns: 200 },
  );
});

test('refuses random bytes as a body, with any content type', async () => {
  const type = fc.constantFrom(
    'application/json',
    'text/plain',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
    '',
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), type, async (body, contentType) => {
      const headers = contentType === '' ? {} : { 'content-type': contentType };
      const { status } = await send(run.url, 'PUT', '/items', { headers, body });
      expect(status).toBe(400);
    }),
    { numRuns: 200 },
  );
});

test('stores random bytes in a string of an item exactly, or refuses them', async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(json, {}), async (inner, headers) => {
      const body = Buffer.concat([Buffer.from('{"id":"bytes","price":1,"name":"'), inner, Buffer.from('"}')]);
      const { status } = await send(run.url, 'PUT', '/items', { headers, body });
      expect([200, 400]).toContain(status);
      if (status === 200) {
        const { name } = JSON.parse(body.toString()) as { name: string };
        expect(isUtf8(body)).toBe(true);
        expect((await send(run.url, 'GET', '/items/bytes')).json).toMatchObject({ Item: { name } });
      }
    }),
    { numRuns: 300 },
  );
  await send(run.url, 'DELETE', '/items/bytes');
});

test('stores a random item exactly as it was sent, or refuses it', async () => {
  const price = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.maxSafeInteger());
  // JSON.stringify writes -0 as 0. The literal -0 has a test in items.test.ts.
  const item = fc.record({ id: anyText, price: price.map((number) => number + 0), name: anyText });
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(item, async (sent) => {
      const put = await sendJson(run.url, 'PUT', '/items', sent);
      expect([200, 400]).toContain(put.status);
      if (put.status === 400) return;
      stored += 1;
      const { status, json: answer } = await send(run.url, 'GET', `/items/${encodeURIComponent(sent.id)}`);
      expect(status).toBe(200);
      expect(answer).toEqual({ Item: sent });
      const deleted = await send(run.url, 'DELETE', `/items/${encodeURIComponent(sent.id)}`);
      expect(deleted.json).toBe(`Deleted item ${sent.id}`);
    }),
    { numRuns: 400 },
  );
  expect(stored).toBeGreaterThan(50);
  expect((await send(run.url, 'GET', '/items')).json).toMatchObject({ Count: 0 });
});

test('stores a number literal with its exact value, or refuses it', async () => {
  const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
  await fc.assert(
    fc.asyncProperty(digits, async (literal) => {
      const body = `{"id":"number","price":${literal},"name":"x"}`;
      const { status } = await send(run.url, 'PUT', '/items', { headers: json, body });
      expect([200, 400]).toContain(status);
      if (status === 400) return;
      const { text } = await send(run.url, 'GET', '/items/number');
      const price = /"price":([^,}]+)/.exec(text)?.[1] ?? '';
      expect(decimal(price)).toBe(decimal(literal));
    }),
    { numRuns: 200 },
  );
});

test('responds without a 5xx to random paths, queries and headers', async () => {
  const segment = fc.oneof(
    fc.webSegment(),
    anyText.map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom('%', '%2', '..', '%00', '%2e%2e'),
  );
  const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/items/${segments.join('/')}`);
  const query = fc.oneof(
    fc.webQueryParameters(),
    fc.constantFrom('limit', 'limit=%', '&&&', '=', 'nextToken=%FF', '__proto__=1'),
  );
  const name = fc
    .stringMatching(/^[a-z][a-z-]{0,20}$/)
    .filter(
      (text) => !/^(connection|content-length|transfer-encoding|host|expect|upgrade|te|trailer|keep-alive)$/.test(text),
    );
  const headers = fc.dictionary(name, fc.string({ maxLength: 50 }));
  const method = fc.constantFrom('GET', 'PUT', 'DELETE', 'POST', 'PATCH', 'OPTIONS', 'HEAD');
  await fc.assert(
    fc.asyncProperty(method, path, query, headers, async (verb, target, search, extra) => {
      const url = `${target}?${search}`.replace(/[^\u0021-\u007e]/g, encodeURIComponent);
      const { status } = await send(run.url, verb, url, { headers: extra });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
});

/** Normalizes a decimal literal to sign, significant digits and power of ten. */
function decimal(literal: string): string {
  const [mantissa = '', power = '0'] = literal.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const all = (whole + fraction).replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${mantissa.startsWith('-') ? '-' : ''}${significant}e${Number(power) - fraction.length + all.length - significant.length}`;
}
