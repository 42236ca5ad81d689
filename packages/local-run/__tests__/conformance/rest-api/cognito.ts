/** Cognito authorizers of a REST API. */
import { POOL_ISSUER } from '../fixture/rest-callers';
import type { Case, Expected, Token } from '../support/case';
import { COGNITO_TOKENS, POWERTOOLS_V1_COGNITO, REST_COGNITO } from '../support/sources';

const UNAUTHORIZED = {
  status: 401,
  json: { message: 'Unauthorized' },
  headers: { 'x-amzn-errortype': 'UnauthorizedException' },
};

const ID = { iss: POOL_ISSUER, sub: 'ada', aud: 'client', token_use: 'id', 'cognito:username': 'ada' };
const ACCESS = { iss: POOL_ISSUER, sub: 'ada', client_id: 'client', token_use: 'access', scope: 'x notes/write' };

const withToken = (
  title: string,
  token: Token,
  expected: Expected,
  path = '/cognito',
  source = REST_COGNITO,
): Case => ({
  title,
  source,
  api: 'callers',
  request: { path },
  token,
  expected,
});

const withHeader = (title: string, authorization: string | undefined): Case => ({
  title,
  source: REST_COGNITO,
  api: 'callers',
  request: { path: '/cognito', headers: authorization === undefined ? [] : [['Authorization', authorization]] },
  expected: UNAUTHORIZED,
});

/** `Tue Jun 18 15:00:04 UTC 2024` */
const DATE = expect.stringMatching(/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/) as unknown;

export const COGNITO: readonly Case[] = [
  withHeader('a request without a token is 401', undefined),
  withHeader('a header that is not a token is 401', 'Bearer nonsense'),
  withToken('an identity token lets the caller in', { claims: ID }, { status: 200 }),
  withToken('a token without the prefix Bearer lets the caller in', { claims: ID, bare: true }, { status: 200 }),
  withToken(
    'claims are text, and times are dates',
    { claims: { ...ID, auth_time: 1718636404, email_verified: true, 'cognito:groups': ['admin', 'staff'] } },
    {
      status: 200,
      event: {
        requestContext: {
          authorizer: {
            claims: {
              ...{ ...ID, exp: DATE, iat: DATE, auth_time: '1718636404' },
              ...{ email_verified: 'true', 'cognito:groups': 'admin,staff' },
            },
          },
        },
      },
    },
    '/cognito',
    POWERTOOLS_V1_COGNITO,
  ),
  withToken('a token of another pool is 401', { claims: { ...ID, iss: `${POOL_ISSUER}x` } }, UNAUTHORIZED),
  withToken(
    'an expired token is 401 and says so',
    { claims: ID, lifetime: -1 },
    {
      ...UNAUTHORIZED,
      json: { message: 'The incoming token has expired' },
    },
  ),
  withToken('a token with another signature is 401', { claims: ID, signature: 'wrong' }, UNAUTHORIZED),
  withToken('a token without a signature is 401', { claims: ID, signature: 'none' }, UNAUTHORIZED),
  withToken(
    'a method without scopes refuses access tokens',
    { claims: ACCESS },
    UNAUTHORIZED,
    '/cognito',
    COGNITO_TOKENS,
  ),
  withToken('a method with scopes refuses identity tokens', { claims: ID }, UNAUTHORIZED, '/scoped', COGNITO_TOKENS),
  withToken('an access token with a scope lets the caller in', { claims: ACCESS }, { status: 200 }, '/scoped'),
  withToken(
    'an access token without a scope of the method is 401',
    { claims: { ...ACCESS, scope: 'x' } },
    UNAUTHORIZED,
    '/scoped',
  ),
];
