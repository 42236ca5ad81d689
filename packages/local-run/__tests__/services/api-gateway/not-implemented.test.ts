/** The responses of routes that depend on something that the local run does not simulate. */
import { notImplemented } from '../../../src/services/api-gateway/gateway';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';

const CAUSES = [{ address: 'aws_lambda_function.f', attribute: 'vpc_config', supported: 'none' }];
const ORIGIN = 'https://app.example.com';

const respond = (method: string, ...rawHeaders: readonly string[]) => {
  const { status, headers } = notImplemented(CAUSES, { method, rawHeaders }).response;
  return { status, headers: Object.fromEntries(headers) };
};

test('a browser can read the response', () => {
  expect(respond('GET', 'Origin', ORIGIN)).toEqual({
    status: 501,
    headers: {
      'content-type': 'application/json',
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
    },
  });
});

test('a program that is no browser gets no CORS headers', () => {
  expect(respond('GET')).toEqual({ status: 501, headers: { 'content-type': 'application/json' } });
});

test('a preflight request succeeds, so the browser sends the request', () => {
  const asked = ['Access-Control-Request-Method', 'PUT', 'Access-Control-Request-Headers', 'authorization'];
  expect(respond('OPTIONS', 'Origin', ORIGIN, ...asked)).toEqual({
    status: 204,
    headers: {
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'authorization',
    },
  });
});

test('OPTIONS without the headers of a preflight request gets the response', () => {
  expect(respond('OPTIONS', 'Origin', ORIGIN).status).toBe(501);
});

test('an API that is not simulated answers preflight requests', async () => {
  const throttle = { rate: 1, burst: 1 };
  const gateway = new HttpApiGateway(
    {
      ...{ kind: 'http-api', address: 'a', id: 'i', name: 'n', stage: '$default', throttle, routes: [] },
      notSimulated: CAUSES,
    },
    new Map(),
  );
  const { response } = await gateway.handle({
    ...{ method: 'OPTIONS', rawPath: '/', rawQuery: '', body: Buffer.alloc(0), isBodyTooLarge: false },
    rawHeaders: ['Origin', ORIGIN, 'Access-Control-Request-Method', 'GET'],
    ...{
      sourceIp: '127.0.0.1',
      port: 3000,
      protocol: 'HTTP/1.1',
      requestId: 'id',
      traceId: 'Root=1',
      time: new Date(),
    },
  });
  expect(response.status).toBe(204);
});
