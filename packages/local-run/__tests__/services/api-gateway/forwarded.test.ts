/** The headers X-Forwarded-*: a caller cannot forge the last address, the port or the protocol. */
import { httpApiEvent } from '../../../src/services/api-gateway/http-api/event';
import { forwardedHeaders } from '../../../src/services/api-gateway/forwarded';
import type { GatewayRequest } from '../../../src/services/api-gateway/request';
import { readHeaders } from '../../../src/services/api-gateway/rest-api/event';
import type { HttpApiDeployment } from '../../../src/model/deployment';

const FORGED = ['X-Forwarded-For', '192.0.2.7', 'x-forwarded-port', '8888', 'X-FORWARDED-PROTO', 'wais'];

const request = (rawHeaders: readonly string[]): GatewayRequest => ({
  ...{ method: 'GET', rawPath: '/', rawQuery: '', rawHeaders, body: Buffer.alloc(0), isBodyTooLarge: false },
  ...{ sourceIp: '127.0.0.1', port: 3000, protocol: 'HTTP/1.1', requestId: 'id', traceId: 'Root=1', time: new Date() },
});

test.each([
  ['no address', [], '127.0.0.1'],
  ['one address', ['X-Forwarded-For', '192.0.2.7'], '192.0.2.7, 127.0.0.1'],
  ['two addresses', ['x-forwarded-for', '192.0.2.7, 192.0.2.8'], '192.0.2.7, 192.0.2.8, 127.0.0.1'],
  ['the header twice', ['X-Forwarded-For', 'a', 'x-forwarded-for', 'b'], 'a, b, 127.0.0.1'],
  ['an empty header', ['X-Forwarded-For', ' '], '127.0.0.1'],
])('appends the address of the caller to %s', (_what, rawHeaders, expected) => {
  expect(forwardedHeaders(request(rawHeaders))['X-Forwarded-For']).toBe(expected);
});

test('an HTTP API sets port and protocol itself', () => {
  const api = { id: 'abc', stage: '$default' } as HttpApiDeployment;
  const { headers } = httpApiEvent(request(FORGED), api, { routeKey: 'GET /', path: '/', pathParameters: {} });
  expect(headers).toMatchObject({
    'x-forwarded-for': '192.0.2.7, 127.0.0.1',
    'x-forwarded-port': '3000',
    'x-forwarded-proto': 'http',
  });
});

test('a REST API sets port and protocol itself, once each', () => {
  expect(readHeaders(request(FORGED))).toMatchObject({
    'X-Forwarded-For': ['192.0.2.7, 127.0.0.1'],
    'X-Forwarded-Port': ['3000'],
    'X-Forwarded-Proto': ['http'],
  });
});
