/** Hostile requests as raw bytes. */

/** Returns numbers in [0, 1), the same sequence in every run. */
export type Random = () => number;

/** The generator mulberry32, which is good enough to vary test data. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Attack {
  /** Latin-1 text: each character is one byte. */
  readonly bytes: string;
  /** How many requests the bytes contain. */
  readonly requests: number;
  /** Whether the sender closes its side right after the bytes. */
  readonly ends?: boolean;
}

const NUL = '\u0000';
const CRLF = '\r\n';
const GET = `GET /items/a HTTP/1.1${CRLF}Host: x${CRLF}${CRLF}`;
const PUT = (headers: string, body: string) =>
  `PUT /items HTTP/1.1${CRLF}Host: x${CRLF}${headers}${CRLF}${CRLF}${body}`;

const between = (random: Random, min: number, max: number) => min + Math.floor(random() * (max - min + 1));
const pick = <T>(random: Random, all: readonly T[]): T => all[between(random, 0, all.length - 1)] as T;
const garbage = (random: Random, length: number) =>
  Array.from({ length }, () => String.fromCharCode(between(random, 0, 255))).join('');

const single = (bytes: string, ends = true): Attack => ({ bytes, requests: 1, ends });
const target = (path: string) => `GET ${path} HTTP/1.1${CRLF}Host: x${CRLF}Connection: close${CRLF}${CRLF}`;
const ITEM = '{"id":"hostile","price":1,"name":"x"}';

/** The attacks by name. */
export const ATTACKS: Readonly<Record<string, (random: Random) => Attack>> = {
  truncated: (random) => {
    const whole = pick(random, [GET, PUT(`Content-Length: ${ITEM.length}`, ITEM)]);
    return single(whole.slice(0, between(random, 0, whole.length - 1)));
  },
  pipelined: (random) => {
    const requests = between(random, 2, 20);
    return { bytes: GET.repeat(requests - 1) + target('/items/a'), requests, ends: false };
  },
  'pipelined with garbage in between': (random) => ({
    bytes: GET + garbage(random, 40) + CRLF + CRLF + GET,
    requests: 2,
    ends: true,
  }),
  'oversize headers': (random) =>
    single(`GET / HTTP/1.1${CRLF}Host: x${CRLF}X: ${'x'.repeat(between(random, 10_000, 100_000))}${CRLF}${CRLF}`),
  'too many headers': (random) =>
    single(`GET / HTTP/1.1${CRLF}Host: x${CRLF}${`A: b${CRLF}`.repeat(between(random, 500, 4000))}${CRLF}`),
  'bad encodings': (random) =>
    single(
      target(
        `/items/${pick(random, ['%', '%z', '%zz', '%c0%af', '%ff%fe', '%00', '%e0%80%80', '%2525%'])}${pick(random, ['', '?%', '?a=%ff', '?=&&=%%'])}`,
      ),
    ),
  'random bytes in the path': (random) => single(target(`/items/${garbage(random, 20).replace(/[\r\n ]/g, '~')}`)),
  'absurd methods': (random) =>
    single(
      `${pick(random, ['', 'get', 'FOO', 'M-SEARCH', 'PRI', 'G'.repeat(5000), 'GET\t', '\u00ff', 'TRACE', 'PURGE'])} /items HTTP/1.1${CRLF}Host: x${CRLF}Connection: close${CRLF}${CRLF}`,
    ),
  'invalid chunks': (random) =>
    single(
      PUT(
        'Transfer-Encoding: chunked',
        pick(random, [
          'zz\r\nabc\r\n0\r\n\r\n',
          '-1\r\n\r\n',
          'ffffffffffffffffff\r\nabc',
          '5\r\nab',
          `1;${'e'.repeat(50_000)}\r\na\r\n`,
          '0\r\nTrailer: x',
          '3\r\nabcdef\r\n0\r\n\r\n',
          '0x5\r\nabcde\r\n0\r\n\r\n',
        ]),
      ),
    ),
  'invalid lengths': (random) =>
    single(
      PUT(
        pick(random, [
          'Content-Length: 5\r\nContent-Length: 6',
          'Content-Length: 5, 6',
          'Content-Length: -1',
          'Content-Length: +5',
          'Content-Length: 5 5',
          'Content-Length: 0x5',
          'Content-Length: 99999999999999999999',
          'Content-Length:',
        ]),
        'abcde',
      ),
    ),
  'length and chunks': (random) =>
    single(
      PUT(
        pick(random, [
          'Content-Length: 4\r\nTransfer-Encoding: chunked',
          'Transfer-Encoding: chunked\r\nContent-Length: 60',
          'Transfer-Encoding: xchunked',
          'Transfer-Encoding: chunked, identity',
          'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked',
          'Transfer-Encoding : chunked',
          'Transfer-Encoding:\u000bchunked',
        ]),
        `0${CRLF}${CRLF}GET /smuggled HTTP/1.1${CRLF}Host: x${CRLF}${CRLF}`,
      ),
    ),
  upgrades: (random) =>
    single(
      `GET /items HTTP/1.1${CRLF}Host: x${CRLF}${pick(random, ['Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__', 'Connection: Upgrade\r\nUpgrade: TLS/1.0'])}${CRLF}${CRLF}`,
    ),
  'other protocols': (random) =>
    single(
      pick(random, [
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n',
        '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
        'GET /\r\n',
        'GET / HTTP/0.9\r\n\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        'HELO x\r\n',
        '*1\r\n$4\r\nPING\r\n',
        'GET / HTTP/1.1\n\n',
      ]),
    ),
  targets: (random) =>
    single(
      target(
        pick(random, [
          'http://other.example.com/items/a',
          'https://user:password@x:99999/items',
          'http://',
          '//items//a',
          '*',
          'items',
          '?',
          '/../../etc/passwd',
          '/items/%2e%2e/%2e%2e',
          '/'.repeat(5000),
          `/items?${'a=1&'.repeat(2000)}`,
          '/__proto__/constructor',
          '/items/a#b',
        ]),
      ),
    ),
  'NUL bytes': (random) =>
    single(
      pick(random, [
        `GET /items/${NUL} HTTP/1.1\r\nHost: x\r\n\r\n`,
        `GET /items HTTP/1.1\r\nHost: x\r\nA: ${NUL}\r\n\r\n`,
        `GET${NUL} /items HTTP/1.1\r\nHost: x\r\n\r\n`,
        PUT('Content-Length: 3', `{${NUL}}`),
        NUL.repeat(1000),
      ]),
    ),
  'odd headers': (random) =>
    single(
      `GET /items HTTP/1.1\r\n${pick(random, ['', 'Host: a\r\nHost: b', 'Host:', 'No-Colon', ': no name', 'A b: c', 'A: b\r\n folded', 'Cookie: ;;;=;==', `Cookie: ${'a=b; '.repeat(1500)}`, 'X-Forwarded-For: x\r\nX-Forwarded-For: y', '__proto__: x\r\nHost: x', 'Expect: 100-continue\r\nHost: x', 'Expect: 42\r\nHost: x', 'Connection: host, x-amzn-trace-id\r\nHost: x', 'Content-Encoding: gzip\r\nHost: x', 'A: \u00ff\u00fe\r\nHost: x'])}\r\nConnection: close\r\n\r\n`,
    ),
  'bodies that end early': (random) =>
    single(PUT(`Content-Length: ${between(random, 100, 20_000_000)}`, garbage(random, between(random, 0, 99)))),
  'bodies of random bytes': (random) => {
    const body = garbage(random, between(random, 0, 400));
    const type = pick(random, ['application/json', 'text/plain', 'x', 'application/json; charset=utf-7', '']);
    return single(PUT(`Content-Length: ${body.length}\r\nContent-Type: ${type}\r\nConnection: close`, body), false);
  },
  'deeply nested bodies': (random) => {
    const body = pick(random, ['[', '{"a":']).repeat(between(random, 1000, 10_000));
    return single(
      PUT(`Content-Length: ${body.length}\r\nContent-Type: application/json\r\nConnection: close`, body),
      false,
    );
  },
  garbage: (random) => single(garbage(random, between(random, 1, 2000))),
};
