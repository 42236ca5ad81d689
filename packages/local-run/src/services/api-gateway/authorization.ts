/**
 * Decides whether a caller may call a route: by the claims of its token, or by the presence of an AWS signature. It verifies no
 * signature, because the keys are not on this machine.
 */
import type { JwtAuthorization, RouteAuthorization } from '../../model/deployment';
import { isObject } from '../is-object';
import { type GatewayRequest, headerValue } from './request';

type Headers = Pick<GatewayRequest, 'rawHeaders'>['rawHeaders'];

export type Claims = Readonly<Record<string, unknown>>;

export type Decision =
  | { readonly allowed: true; readonly claims?: Claims; readonly scopes?: readonly string[] }
  | {
      readonly allowed: false;
      readonly status: 401 | 403;
      readonly reason: string;
      /** The scopes of the route. The token has none of them. */
      readonly missingScopes?: readonly string[];
    };

/** @param now in ms since the epoch */
export function authorize(authorization: RouteAuthorization, headers: Headers, now: number): Decision {
  const header = headerValue(headers, 'authorization');
  if (authorization.kind === 'jwt') return checkToken(authorization, header, now);
  if (header?.startsWith('AWS4-HMAC-SHA256 ')) return { allowed: true };
  return { allowed: false, status: 403, reason: 'the request is not signed with AWS credentials' };
}

/** Checks a token as API Gateway does (developer guide, "Control access to HTTP APIs with JWT authorizers"). */
function checkToken(authorization: JwtAuthorization, header: string | undefined, now: number): Decision {
  if (header === undefined) return refused('there is no authorization header');
  const claims = readClaims(header.replace(/^bearer /i, ''));
  if (!claims) return refused('the token is not a JWT');
  const fault = claimFault(claims, authorization, now / 1000);
  if (fault !== undefined) return refused(fault);
  const scopes = scopesOf(claims);
  if (authorization.scopes.length === 0) return { allowed: true, claims };
  if (authorization.scopes.some((scope) => scopes.includes(scope))) return { allowed: true, claims, scopes };
  const reason = `the token has none of the scopes ${authorization.scopes.join(', ')}`;
  return { allowed: false, status: 403, reason, missingScopes: authorization.scopes };
}

function refused(reason: string): Decision {
  return { allowed: false, status: 401, reason };
}

function readClaims(token: string): Claims | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString());
    return isObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** @param now in seconds since the epoch */
function claimFault(claims: Claims, { issuer, audience }: JwtAuthorization, now: number): string | undefined {
  const { iss, aud, client_id: clientId, exp, nbf, iat } = claims;
  if (iss !== issuer) return `the token's iss is ${JSON.stringify(iss)}, not ${JSON.stringify(issuer)}`;
  // API Gateway reads client_id only when aud is missing.
  const audiences = [aud ?? clientId].flat();
  if (!audience.some((name) => audiences.includes(name))) {
    return `the token's aud is ${JSON.stringify(aud ?? clientId)}, which is none of ${audience.join(', ')}`;
  }
  if (typeof exp !== 'number' || exp <= now) return 'the token has expired, or has no exp';
  if (nbf !== undefined && !(Number(nbf) <= now)) return "the token's nbf is in the future";
  if (iat !== undefined && !(Number(iat) <= now)) return "the token's iat is in the future";
  return undefined;
}

function scopesOf({ scope, scp }: Claims): string[] {
  const value = scope ?? scp;
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(' ').filter((name) => name !== '') : [];
}

/** Year 2100. */
const NEVER = 4_102_444_800;

/** @returns a token without a signature that the local run accepts for the route; its caller is `example-user` */
export function exampleToken({ issuer, audience, scopes }: JwtAuthorization): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {};
  const claims = { iss: issuer, aud: audience[0], sub: 'example-user', exp: NEVER, ...scope };
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.unsigned`;
}
