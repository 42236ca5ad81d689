/** Authorized routes of both kinds of API: refusals, and the claims in the function's event. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RouteAuthorization } from '../../../src/model/deployment';
import { exampleToken } from '../../../src/services/api-gateway/authorization';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';
import { RestApiGateway } from '../../../src/services/api-gateway/rest-api/gateway';
import { ServedFunction } from '../../../src/services/lambda/served-function';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const JWT = { kind: 'jwt', issuer: 'https://id.example.com/', audience: ['notes'], scopes: ['read'] } as const;

let folder: string;
let served: ServedFunction;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'authorized-'));
  const handler =
    'async ({ requestContext: { authorizer } }) => ({ statusCode: 200, body: JSON.stringify({ authorizer }) })';
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
    ...{ sourceIp: '127.0.0.1', protocol: 'HTTP/1.1', requestId: 'id', time: new Date() },
    traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793',
  };
}

const callHttpApi = (authorization: RouteAuthorization, headers: readonly string[]) =>
  new HttpApiGateway(
    { ...base, kind: 'http-api', stage: '$default', routes: [{ ...route, authorization }] },
    functions(),
  ).handle(request('/a', headers));

test('an HTTP API passes on the claims of a token as text', async () => {
  const { response } = await callHttpApi(JWT, ['authorization', `Bearer ${exampleToken(JWT)}`]);
  expect(JSON.parse(response.body.toString())).toEqual({
    authorizer: {
      jwt: {
        claims: { iss: JWT.issuer, aud: 'notes', sub: 'example-user', exp: '4102444800', scope: 'read' },
        scopes: ['read'],
      },
    },
  });
});

test('an HTTP API answers 401 without a token, and says why', async () => {
  const { response, reason, invocation } = await callHttpApi(JWT, []);
  expect(response).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
  expect(new Map(response.headers).get('www-authenticate')).toBe(
    'Bearer scope="" error="invalid_token" error_description="there is no authorization header"',
  );
  expect([reason, invocation]).toEqual(['there is no authorization header', undefined]);
});

test('an HTTP API answers 401 to a token whose issuer contains characters that are not allowed in headers', async () => {
  const { response } = await callHttpApi(JWT, ['authorization', exampleToken({ ...JWT, issuer: 'https://\u0142/' })]);
  expect(response.status).toBe(401);
  expect(new Map(response.headers).get('www-authenticate')).toContain("the token's iss is 'https://?/', not");
});

test('an HTTP API answers 403 to a token without the scope', async () => {
  const { response } = await callHttpApi(JWT, ['authorization', exampleToken({ ...JWT, scopes: ['other'] })]);
  expect(response).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  expect(new Map(response.headers).get('www-authenticate')).toContain('scope="read" error="insufficient_scope"');
});

test('a route with IAM answers 403 to a request that is not signed', async () => {
  const iam = { kind: 'iam' } as const;
  const signed = ['authorization', 'AWS4-HMAC-SHA256 Credential=x'];
  expect((await callHttpApi(iam, [])).response).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  expect((await callHttpApi(iam, signed)).response.status).toBe(200);
  const restRoute = { ...route, resourceId: 'r', apiKeyRequired: false, authorization: iam };
  const rest = new RestApiGateway(
    { ...base, kind: 'rest-api', stage: 'prod', routes: [restRoute], usagePlans: [], deploymentId: 'd' },
    functions(),
  );
  const refused = await rest.handle(request('/prod/a', []));
  expect(refused.response).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
  expect((await rest.handle(request('/prod/a', signed))).response.status).toBe(200);
});
