/** Cognito authorizers of a REST API (API Gateway developer guide, "Control access to REST APIs using Amazon Cognito user pools"). */
import type { CognitoAuthorization } from '../../../model/deployment';
import { type Claims, EXPIRED, parseToken, scopesOf, timeFault } from '../../tokens/claims';
import type { TokenVerifier } from '../../tokens/token-verifier';
import type { Authorized } from '../authorization-result';
import { type GatewayRequest, headerValue } from '../request';
import { wholePattern } from '../whole-pattern';
import * as errors from './errors';

export async function authorizeCognitoToken(
  authorization: CognitoAuthorization,
  { rawHeaders, time }: Pick<GatewayRequest, 'rawHeaders' | 'time'>,
  verifier: TokenVerifier,
): Promise<Authorized> {
  const { header, issuers, scopes, tokenPattern } = authorization;
  const value = headerValue(rawHeaders, header) ?? '';
  if (value === '') return unauthorized(`there is no ${header} header`);
  if (tokenPattern !== undefined && !wholePattern(tokenPattern).test(value)) {
    return unauthorized(`the token does not match ${tokenPattern}`);
  }
  const parsed = parseToken(value.replace(/^bearer /i, ''));
  if (!parsed) return unauthorized('the token is not a JWT');
  const { claims } = parsed;
  const issuer = issuers.find((candidate) => candidate === claims['iss']);
  if (issuer === undefined) {
    return unauthorized(`the token's iss is ${JSON.stringify(claims['iss'])}, which is none of ${issuers.join(', ')}`);
  }
  const signatureFault = await verifier.signatureFault(parsed, issuer);
  if (signatureFault !== undefined) return unauthorized(signatureFault);
  const fault = timeFault(claims, time.getTime() / 1000);
  if (fault !== undefined) return unauthorized(fault, fault === EXPIRED ? EXPIRED_MESSAGE : undefined);
  const useFault = tokenUseFault(claims, scopes);
  if (useFault !== undefined) return unauthorized(useFault);
  return { allowed: true, authorizer: { claims: toTexts(claims) } };
}

/** The message of API Gateway to a caller with an expired token. */
const EXPIRED_MESSAGE = 'The incoming token has expired';

/** Methods with scopes accept access tokens. Methods without scopes accept identity tokens. */
function tokenUseFault(claims: Claims, wanted: readonly string[]): string | undefined {
  const use = claims['token_use'];
  if (wanted.length === 0) {
    return use === 'id'
      ? undefined
      : `the token's token_use is ${JSON.stringify(use)}; a method without scopes needs "id"`;
  }
  if (use !== 'access') return `the token's token_use is ${JSON.stringify(use)}; a method with scopes needs "access"`;
  const scopes = scopesOf(claims);
  return wanted.some((scope) => scopes.includes(scope))
    ? undefined
    : `the token has none of the scopes ${wanted.join(', ')}`;
}

function unauthorized(reason: string, message?: string): Authorized {
  return { allowed: false, refusal: errors.unauthorized(reason, message) };
}

/** Claims that arrive as a date, such as `Tue Jun 18 15:00:04 UTC 2024`. */
const DATES = ['exp', 'iat'];

/** Claims arrive as text, and arrays as `a,b` (recorded: Powertools for AWS Lambda, apigw-rest/jwt-authorizer-auth.json). */
function toTexts(claims: Claims): Record<string, string> {
  const texts = Object.entries(claims).map(([name, value]) => [name, claimText(name, value)] as const);
  return Object.fromEntries(texts);
}

function claimText(name: string, value: unknown): string {
  if (DATES.includes(name) && typeof value === 'number') return dateText(value);
  if (Array.isArray(value)) return value.map(String).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @param seconds since the epoch */
function dateText(seconds: number): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(seconds * 1000)
    .toUTCString()
    .split(/,? /);
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
