/** JWT authorizers: claims, times, scopes, and the reason for the log. */
import { authorizeToken } from '../../../src/services/api-gateway/http-api/jwt-authorizer';
import type { Authorized } from '../../../src/services/api-gateway/authorization-result';
import type { JwtAuthorization } from '../../../src/model/deployment';
import { TokenVerifier } from '../../../src/services/tokens/token-verifier';

const JWT: JwtAuthorization = {
  kind: 'jwt',
  issuer: 'https://id.example.com/',
  audience: ['notes', 'admin'],
  scopes: ['notes:read', 'notes:write'],
};

const NOW = Date.UTC(2026, 10, 29);
const SECONDS = NOW / 1000;
const CLAIMS = { iss: JWT.issuer, aud: 'notes', sub: 'ada', exp: SECONDS + 60, scope: 'email notes:read' };

const verifier = new TokenVerifier();
const token = (claims: object) => verifier.localIssuer.sign({ ...CLAIMS, ...claims });

function decide(header: string, authorization: Partial<JwtAuthorization> = {}): Promise<Authorized> {
  const request = { rawHeaders: ['Host', 'x', 'Authorization', header], time: new Date(NOW) };
  return authorizeToken({ ...JWT, ...authorization }, request, verifier);
}

const refusal = async (header: string, authorization?: Partial<JwtAuthorization>) => {
  const result = await decide(header, authorization);
  if (result.allowed) return undefined;
  const { response, reason } = result.refusal;
  return { status: response.status, reason };
};

test.each(['Bearer ', 'bearer ', ''])(
  'accepts a token after "%s", and passes its claims and scopes on',
  async (scheme) => {
    expect(await decide(scheme + (await token({})))).toEqual({
      allowed: true,
      authorizer: {
        jwt: { claims: { ...CLAIMS, exp: String(CLAIMS.exp) }, scopes: ['email', 'notes:read'] },
      },
    });
  },
);

test.each([
  ['an audience among several', { aud: ['other', 'admin'] }],
  ['a client_id in place of aud', { aud: undefined, client_id: 'notes' }],
  ['scopes in scp', { scope: undefined, scp: ['notes:write'] }],
  ['nbf and iat in the past', { nbf: SECONDS, iat: SECONDS - 1 }],
])('accepts %s', async (_, change) => {
  expect(await decide(`Bearer ${await token(change)}`)).toMatchObject({ allowed: true });
});

test.each([
  ['another issuer', { iss: 'https://id.example.com' }, /iss is "https:\/\/id.example.com", not/],
  ['another audience, whatever client_id is', { aud: 'other', client_id: 'notes' }, /aud is "other"/],
  ['a time of expiry that has come', { exp: SECONDS }, /expired/],
  ['a missing time of expiry', { exp: undefined }, /no exp/],
  ['nbf in the future', { nbf: SECONDS + 1 }, /nbf/],
  ['iat in the future', { iat: SECONDS + 1 }, /iat/],
])('refuses %s with 401', async (_, change, reason) => {
  expect(await refusal(`Bearer ${await token(change)}`)).toEqual({
    status: 401,
    reason: expect.stringMatching(reason),
  });
});

test.each(['Bearer', 'Basic YTpi', 'Bearer a.b', 'Bearer a.bm8.c', 'Bearer a.W10.c'])(
  'refuses "%s" with 401',
  async (header) => {
    expect(await refusal(header)).toEqual({ status: 401, reason: 'the token is not a JWT' });
  },
);

test('a token with an issuer that no header can contain is refused with 401', async () => {
  const result = await decide(await token({ iss: 'https://\u0142"/' }));
  if (result.allowed) throw new Error('The token was accepted.');
  expect(new Map(result.refusal.response.headers).get('www-authenticate')).toMatch(/^[ -~]+$/);
});

test('a token without a scope of the route is refused with 403, only when the route has scopes', async () => {
  const header = `Bearer ${await token({ scope: 'email' })}`;
  expect(await refusal(header)).toMatchObject({
    status: 403,
    reason: expect.stringContaining('notes:read, notes:write'),
  });
  expect(await decide(header, { scopes: [] })).toMatchObject({ allowed: true });
});
