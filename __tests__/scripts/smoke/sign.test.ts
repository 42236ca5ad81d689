/** Signed requests of a session, whose signature an independent implementation verifies. */
import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign } from '../../../scripts/aws/sign';
import { apiRegion } from '../../../scripts/smoke/api-region';
import { runSession } from '../../../scripts/smoke/session';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const environment = { ...process.env };

beforeAll(() => {
  Object.assign(process.env, {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_REGION: 'eu-west-1',
  });
  delete process.env['AWS_SESSION_TOKEN'];
  delete process.env['AWS_PROFILE'];
});

afterAll(() => {
  process.env = environment;
});

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface Received {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** The signature that AWS calculates (IAM user guide, "Create a signed AWS API request"). The test's queries are sorted. */
function expectedSignature({ method, url, headers, body }: Received): string {
  const [, scope = '', names = ''] =
    /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const [path = '', query = ''] = url.split('?');
  const canonicalPath = path.split('/').map(encodeURIComponent).join('/');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = [method, canonicalPath, query, lines.join(''), names, sha256(body)].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return createHmac('sha256', key).update(text).digest('hex');
}

test('a session signs its requests as AWS does, after it has filled in values and the body', async () => {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      response.end('{"id":"tea & milk/1"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const difference = await runSession(
    'vaults',
    { url },
    () => [
      { method: 'POST', path: '/vaults', body: { text: 'ü' }, status: 200, isSigned: true, save: { id: 'body.id' } },
      { method: 'GET', path: '/vaults/{id}?limit=5&order=desc', status: 200, isSigned: true },
    ],
    { print: () => undefined },
  );
  server.close();
  expect(difference).toBeUndefined();
  expect(received.map(({ method, url: path, body }) => [method, path, body])).toEqual([
    ['POST', '/vaults', '{"text":"ü"}'],
    ['GET', '/vaults/tea%20%26%20milk%2F1?limit=5&order=desc', ''],
  ]);
  for (const request of received) {
    const { authorization = '' } = request.headers;
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request, /,
    );
    expect(authorization).toContain(`Signature=${expectedSignature(request)}`);
  }
});

test('without credentials, the step has the reason', async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  const request = { method: 'GET', headers: {}, body: undefined };
  const signing = sign('https://abc.execute-api.eu-west-1.amazonaws.com/', request, {
    service: 'execute-api',
    region: 'eu-west-1',
  });
  await expect(signing).rejects.toThrow(/credentials/i);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
});

describe('the region of an API', () => {
  test.each([
    ['https://abc.execute-api.us-west-2.amazonaws.com/prod', 'us-west-2'],
    ['https://abc.execute-api.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['https://vaults.example.com', 'eu-west-1'],
    ['http://abc.execute-api.localhost:4566', 'eu-west-1'],
  ])('of %s is %s', (url, region) => {
    expect(apiRegion(url)).toBe(region);
  });

  test('is an error without AWS_REGION at a domain name', () => {
    const { AWS_REGION } = process.env;
    delete process.env['AWS_REGION'];
    expect(() => apiRegion('https://vaults.example.com')).toThrow(
      /the region of vaults\.example\.com is unknown.*Set AWS_REGION/,
    );
    Object.assign(process.env, { AWS_REGION });
  });
});
