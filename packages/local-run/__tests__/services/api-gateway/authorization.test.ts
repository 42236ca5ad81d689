/** Who may call a route: tokens are checked as API Gateway does, except for their signatures. */
import type { JwtAuthorization } from '../../../src/model/deployment';
import { authorize, exampleToken } from '../../../src/services/api-gateway/authorization';

const JWT: JwtAuthorization = {
  kind: 'jwt',
  issuer: 'https://id.example.com/',
  audience: ['notes', 'admin'],
  scopes: ['notes:read', 'notes:write'],
};

const NOW = Date.UTC(2026, 10, 29);
const SECONDS = NOW / 1000;
const CLAIMS = { iss: JWT.issuer, aud: 'notes', sub: 'ada', exp: SECONDS + 60, scope: 'email notes:read' };

function token(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

const decide = (header: string, authorization: Partial<JwtAuthorization> = {}) =>
  authorize({ ...JWT, ...authorization }, ['Host', 'x', 'Authorization', header], NOW);

test.each(['Bearer ', 'bearer ', ''])('accepts a token after "%s", and passes its claims and scopes on', (scheme) => {
  expect(decide(scheme + token(CLAIMS))).toEqual({ allowed: true, claims: CLAIMS, scopes: ['email', 'notes:read'] });
});

test.each([
  ['an audience among several', { aud: ['other', 'admin'] }],
  ['a client_id in place of aud', { aud: undefined, client_id: 'notes' }],
  ['scopes in scp', { scope: undefined, scp: ['notes:write'] }],
  ['nbf and iat in the past', { nbf: SECONDS, iat: SECONDS - 1 }],
])('accepts %s', (_, change) => {
  expect(decide(`Bearer ${token({ ...CLAIMS, ...change })}`)).toMatchObject({ allowed: true });
});

test.each([
  ['another issuer', { iss: 'https://id.example.com' }, /iss is "https:\/\/id.example.com", not/],
  ['another audience, whatever client_id is', { aud: 'other', client_id: 'notes' }, /aud is "other"/],
  ['a time of expiry that has come', { exp: SECONDS }, /expired/],
  ['a missing time of expiry', { exp: undefined }, /expired/],
  ['nbf in the future', { nbf: SECONDS + 1 }, /nbf/],
  ['iat in the future', { iat: SECONDS + 1 }, /iat/],
])('refuses %s with 401', (_, change, reason) => {
  const decision = decide(`Bearer ${token({ ...CLAIMS, ...change })}`);
  expect(decision).toEqual({ allowed: false, status: 401, reason: expect.stringMatching(reason) });
});

test.each(['Bearer', 'Basic YTpi', 'Bearer a.b', 'Bearer a.bm8.c', 'Bearer a.W10.c'])(
  'refuses "%s" with 401',
  (header) => {
    expect(decide(header)).toMatchObject({ allowed: false, status: 401, reason: 'the token is not a JWT' });
  },
);

test('refuses a token without a scope of the route with 403', () => {
  expect(decide(`Bearer ${token({ ...CLAIMS, scope: 'email' })}`)).toMatchObject({
    allowed: false,
    status: 403,
    missingScopes: JWT.scopes,
  });
  expect(decide(`Bearer ${token({ ...CLAIMS, scope: 'email' })}`, { scopes: [] })).toEqual({
    allowed: true,
    claims: { ...CLAIMS, scope: 'email' },
  });
});

test('the example token of a route is accepted', () => {
  expect(decide(`Bearer ${exampleToken(JWT)}`)).toMatchObject({ allowed: true, claims: { sub: 'example-user' } });
});

test('IAM lets signed requests in', () => {
  const iam = (headers: string[]) => authorize({ kind: 'iam' }, headers, NOW);
  expect(iam(['authorization', 'AWS4-HMAC-SHA256 Credential=x'])).toEqual({ allowed: true });
  expect(iam(['authorization', 'Bearer x'])).toMatchObject({ allowed: false, status: 403 });
  expect(iam([])).toMatchObject({ allowed: false, status: 403 });
});
