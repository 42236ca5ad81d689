/** JWT authorizers of an HTTP API. */
import type { Case, Expected, Token } from '../support/case';
import { HTTP_JWT, HTTP_JWT_TROUBLES, JWT_HEADERS } from '../support/sources';
import { AUDIENCE, ISSUER } from '../fixture/http-callers';

const UNAUTHORIZED = { status: 401, json: { message: 'Unauthorized' } };

/** Only the audience's description is documented. */
const INVALID = {
  ...UNAUTHORIZED,
  headers: { 'www-authenticate': expect.stringMatching(/^Bearer scope="" error="invalid_token" error_description="/) },
};

const withHeader = (title: string, authorization: string | undefined, expected: Expected, source = HTTP_JWT): Case => ({
  title,
  source,
  request: {
    path: '/jwt/a',
    headers: authorization === undefined ? [] : [['Authorization', authorization]],
  },
  expected,
});

const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'ada' };

const withToken = (title: string, token: Token, expected: Expected, path = '/jwt/a'): Case => ({
  title,
  source: HTTP_JWT,
  request: { path },
  token: { ...token, claims: { ...CLAIMS, ...token.claims } },
  expected,
});

export const JWT: readonly Case[] = [
  withHeader(
    'a request without a token is 401, and www-authenticate names only the scheme',
    undefined,
    { ...UNAUTHORIZED, headers: { 'www-authenticate': 'Bearer' } },
    JWT_HEADERS,
  ),
  withHeader(
    'a header that is not a token is 401',
    'Bearer not-a-token',
    {
      ...UNAUTHORIZED,
      headers: {
        'www-authenticate':
          'Bearer scope="" error="invalid_token" error_description="token contains an invalid number of segments"',
      },
    },
    JWT_HEADERS,
  ),
  withToken(
    'a token of the issuer for the audience lets the caller in',
    {},
    {
      status: 200,
      event: { requestContext: { authorizer: { jwt: { claims: CLAIMS, scopes: null } } } },
    },
  ),
  withToken('a token without the prefix Bearer lets the caller in', { bare: true }, { status: 200 }),
  withToken(
    'claims arrive as text',
    { claims: { level: 7, admin: true, groups: ['a', 'b'] } },
    {
      status: 200,
      event: { requestContext: { authorizer: { jwt: { claims: { level: '7', admin: 'true', groups: '[a b]' } } } } },
    },
  ),
  withToken('client_id replaces a missing aud', { claims: { aud: undefined, client_id: AUDIENCE } }, { status: 200 }),
  withToken('a token of another issuer is 401', { claims: { iss: 'https://example.com' } }, INVALID),
  {
    ...withToken(
      'a token for another audience is 401',
      { claims: { aud: 'other' } },
      {
        ...UNAUTHORIZED,
        headers: {
          'www-authenticate':
            'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
        },
      },
    ),
    source: HTTP_JWT_TROUBLES,
  },
  withToken('an expired token is 401', { lifetime: -1 }, INVALID),
  withToken('a token that is not valid yet is 401', { claims: { nbf: 4_102_444_800 } }, INVALID),
  withToken('a token without a signature is 401', { signature: 'none' }, INVALID),
  withToken('a token with another signature is 401', { signature: 'wrong' }, INVALID),
  withToken('a token whose claims were changed is 401', { signature: 'stale' }, INVALID),
  withToken(
    'a token with a scope of the route lets the caller in',
    { claims: { scope: 'x conformance:write' } },
    {
      status: 200,
      event: { requestContext: { authorizer: { jwt: { scopes: ['x', 'conformance:write'] } } } },
    },
    '/scoped',
  ),
  withToken('scp replaces a missing scope', { claims: { scp: ['conformance:read'] } }, { status: 200 }, '/scoped'),
  withToken(
    'a token without a scope of the route is 403',
    { claims: { scope: 'x' } },
    {
      status: 403,
      json: { message: 'Forbidden' },
    },
    '/scoped',
  ),
  withToken('an invalid token without a scope of the route is 401', { signature: 'wrong' }, INVALID, '/scoped'),
];
