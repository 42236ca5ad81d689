/** Bodies that an HTTP API passes on as text, and bodies that it encodes as base64. */
import type { Case } from '../support/case';
import { LS_V2_BASE64, LS_V2_FORM, MS_BASE64, POWERTOOLS_V2, VOKER_V2 } from '../support/sources';

const text = (type: string, source: string): Case => ({
  title: `a body of ${type} is text`,
  source,
  request: { method: 'POST', headers: [['Content-Type', type]], body: 'my test body' },
  expected: { status: 200, event: { body: 'my test body', isBase64Encoded: false } },
});

const base64 = (type: string, source: string): Case => ({
  title: `a body of ${type} is base64`,
  source,
  request: { method: 'POST', headers: [['Content-Type', type]], body: 'my test body' },
  expected: { status: 200, event: { body: 'bXkgdGVzdCBib2R5', isBase64Encoded: true } },
});

const binary = Uint8Array.from([0xab, 0x57, 0xdc, 0x17, 0xe4, 0x71, 0x7e, 0xec, 0x01, 0x05]);

export const BODIES: readonly Case[] = [
  text('application/json', VOKER_V2),
  ...['text/html', 'text/plain', 'text/javascript', 'application/xml', 'application/javascript'].map((type) =>
    text(type, MS_BASE64),
  ),
  text('application/json; charset=utf-8', MS_BASE64),
  ...['application/test', 'application/vnd.ms-excel'].map((type) => base64(type, MS_BASE64)),
  base64('multipart/form-data; boundary=------9051914041544843365972754266', MS_BASE64),
  {
    title: 'a form is base64',
    source: LS_V2_FORM,
    request: {
      method: 'POST',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: 'param1=value1&param2=value2',
    },
    expected: { status: 200, event: { body: 'cGFyYW0xPXZhbHVlMSZwYXJhbTI9dmFsdWUy', isBase64Encoded: true } },
  },
  {
    title: 'a binary body is base64',
    source: LS_V2_BASE64,
    request: { method: 'POST', headers: [['Content-Type', 'application/octet-stream']], body: binary },
    expected: { status: 200, event: { body: Buffer.from(binary).toString('base64'), isBase64Encoded: true } },
  },
  {
    title: 'a body without a content type is base64',
    source: LS_V2_BASE64,
    request: { method: 'POST', body: binary },
    expected: { status: 200, event: { body: Buffer.from(binary).toString('base64'), isBase64Encoded: true } },
  },
  {
    title: 'a chunked body arrives whole',
    source: 'RFC 9112, 7.1',
    request: {
      method: 'POST',
      headers: [
        ['Content-Type', 'text/plain'],
        ['Transfer-Encoding', 'chunked'],
      ],
      body: 'my test body',
    },
    expected: { status: 200, event: { body: 'my test body' }, without: ['headers.transfer-encoding'] },
  },
  {
    title: 'a GET may have a body',
    source: MS_BASE64,
    request: { headers: [['Content-Type', 'text/plain']], body: 'my test body' },
    expected: { status: 200, event: { body: 'my test body' } },
  },
  {
    title: 'an empty body is absent from the event',
    source: POWERTOOLS_V2,
    request: {
      method: 'POST',
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Length', '0'],
      ],
    },
    expected: { status: 200, without: ['body'], event: { isBase64Encoded: false } },
  },
];
