/** Authorized routes of both kinds of API: refusals, and the claims in the function's event. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RouteAuthorization } from '../../../src/model/deployment';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';
import { RestApiGateway } from '../../../src/services/api-gateway/rest-api/gateway';
import { TokenVerifier } from '../../../src/services/tokens/token-verifier';
import { ServedFunction } from '../../../src/services/lambda/served-function';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const JWT = { kind: 'jwt', issuer: 'https://id.example.com/', audience: ['notes'], scopes: ['read'] } as const;

let folder: string;
let served: ServedFunction;

const verifier = new TokenVerifier();
const NEVER = 4_102_444_800;
const CLAIMS = { iss: JWT.issuer, aud: 'notes', sub: 'ada', exp: NEVER, scope: 'read' };
const bearer = async (claims: object = {}) => `Bearer ${await verifier.localIssuer.sign({ ...CLAIMS, ...claims })}`;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'authorized-'));
  const handler = `async ({ requestContext: { authorizer, identity } }) => ({
    statusCode: 200, body: JSON.stringify({ authorizer, identity }),
  })`;
  writeFileSync(path.join(folder, 'index.js'), `exports.handler = ${handler}`);
  served = new ServedFunction(
    {
      ...{ name: 'fn', arn: ARN, roleArn: 'arn:aws:iam::000000000000:role/fn', region: 'us-east-1' },
      ...{ runtime: 'nodejs22.x', handler: 'index.handler', archive: '', archiveHash: '' },
      ...{ memoryMb: 128, timeoutMs: 5000, environment: {}, logGroup: 'fn', logFormat: 'JSON', logLevel: 'INFO' },
    },
    { taskRoot: folder, dynamodbEndpoint: 'http://127.0.0.1:1', onLog: () => undefined },
  );
});

afterAll(async () => {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
});

const functions = () => new Map([[ARN, served]]);
const base = { address: '', id: 'abc', name: 'api', throttle: { rate: 100, burst: 100 } };
const route = { routeKey: 'GET /a', functionArn: ARN, timeoutMs: 5000, permitted: true };

function request(rawPath: string, rawHeaders: readonly string[]) {
  return {
    ...{ method: 'GET', rawPath, rawQuery: '', rawHeaders, body: Buffer.alloc(0), isBodyTooLarge: false },
    ...{ sourceIp: '127.0.0.1', port: 3000, protocol: 'HTTP/1.1', requestId: 'id', time: new Date() },
    traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793',
  };
}

const callHttpApi = (authorization: RouteAuthorization, headers: readonly string[]) =>
  new HttpApiGateway(
    { ...base, kind: 'http-api', stage: '$default', routes: [{ ...route, authorization }] },
    functions(),
    verifier,
  ).handle(request('/a', headers));

test('an HTTP API passes on the claims of a token as text', async () => {
  const { response } = await callHttpApi(JWT, ['authorization', await bearer()]);
  expect(JSON.parse(response.body.toString())).toEqual({
    authorizer: {
      jwt: {
        claims: { ...CLAIMS, exp: String(NEVER) },
        scopes: ['read'],
      },
    },
  });
});

test('an HTTP API answers 401 without a token, and says why', async () => {
  const { response, reason, invocation } = await callHttpApi(JWT, []);
  expect(response).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
  expect(new Map(response.headers).get('www-authenticate')).toBe('Bearer');
  expect([reason, invocation]).toEqual(['there is no authorization header', undefined]);
});

test('an HTTP API answers 403 to a token without the scope', async () => {
  const { response } = await callHttpApi(JWT, ['authorization', await bearer({ scope: 'other' })]);
  expect(response).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  expect(new Map(response.headers).get('www-authenticate')).toContain('scope="read" error="insufficient_scope"');
});

test('a route with IAM answers 403 to a request that is not signed', async () => {
  const iam = { kind: 'iam' } as const;
  const signed = [
    'authorization',
    'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261129/us-east-1/execute-api/aws4_request',
  ];
  expect((await callHttpApi(iam, [])).response).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  const { response } = await callHttpApi(iam, signed);
  expect(JSON.parse(response.body.toString())).toMatchObject({
    authorizer: { iam: { accessKey: 'AKIAEXAMPLE', accountId: '000000000000', cognitoIdentity: null } },
  });
  const restRoute = { ...route, resourceId: 'r', apiKeyRequired: false, authorization: iam };
  const rest = new RestApiGateway(
    { ...base, kind: 'rest-api', stage: 'prod', routes: [restRoute], usagePlans: [], deploymentId: 'd' },
    functions(),
  );
  const refused = await rest.handle(request('/prod/a', []));
  expect(refused.response).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
  const allowed = await rest.handle(request('/prod/a', signed));
  expect(JSON.parse(allowed.response.body.toString())).toMatchObject({
    identity: { accessKey: 'AKIAEXAMPLE', userArn: expect.stringMatching(/^arn:aws:iam::/), sourceIp: '127.0.0.1' },
  });
  for (const [path, header] of [
    ['/prod/a', 'Bearer x'],
    ['/prod/a', 'Bearer x=='],
    ['/prod/none', 'Bearer x'],
  ] as const) {
    const wrong = await rest.handle(request(path, ['authorization', header]));
    expect(wrong.response.status).toBe(403);
    expect(new Map(wrong.response.headers).get('x-amzn-ErrorType')).toBe('IncompleteSignatureException');
  }
});
