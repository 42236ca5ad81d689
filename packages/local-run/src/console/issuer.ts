/** The issuer of tokens: its discovery document and keys for programs that verify tokens, and tokens for developers. */
import type { Deployment } from '../model/deployment';
import { isObject } from '../services/is-object';
import { type IssuedToken, issueToken, type TokenRequest, TokenRequestError } from '../services/tokens/issue';
import type { LocalIssuer } from '../services/tokens/local-issuer';
import { HttpError, parseJsonObject } from './responses';

const KEYS_PATH = '/.well-known/jwks.json';

/** Any program may read these documents. They contain only public keys. */
export const PUBLIC_HEADERS = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/**
 * @param url the issuer's URL, without a trailing slash
 * @returns a public document; undefined for another path
 */
export async function publicDocument(pathname: string, url: string, issuer: LocalIssuer): Promise<object | undefined> {
  if (pathname === KEYS_PATH) return issuer.keySet();
  if (pathname !== '/.well-known/openid-configuration') return undefined;
  return {
    issuer: url,
    jwks_uri: `${url}${KEYS_PATH}`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['token', 'id_token'],
    subject_types_supported: ['public'],
  };
}

/**
 * Answers POST /api/tokens.
 * @param text a TokenRequest as JSON
 * @throws HttpError (400)
 */
export async function answerTokenRequest(
  deployments: readonly Deployment[],
  issuer: LocalIssuer,
  text: string,
): Promise<IssuedToken> {
  try {
    return await issueToken(deployments, issuer, parseTokenRequest(text));
  } catch (error) {
    throw error instanceof TokenRequestError ? new HttpError(400, error.message) : error;
  }
}

function parseTokenRequest(text: string): TokenRequest {
  const { stack, sub, scopes, claims, expiresInSeconds, ...others } = parseJsonObject(text);
  const problems = [
    isUnlike(stack, 'string') && 'stack: send a string.',
    isUnlike(sub, 'string') && 'sub: send a string.',
    scopes !== undefined && !isScopes(scopes) && 'scopes: send an array of strings without spaces.',
    claims !== undefined && !isObject(claims) && 'claims: send an object.',
    expiresInSeconds !== undefined &&
      !Number.isSafeInteger(expiresInSeconds) &&
      'expiresInSeconds: send a whole number.',
    ...Object.keys(others).map((name) => `${name}: is not a field of this request.`),
  ].filter((problem) => typeof problem === 'string');
  if (problems.length > 0) throw new HttpError(400, problems.join(' '));
  return { stack, sub, scopes, claims, expiresInSeconds } as TokenRequest;
}

function isUnlike(value: unknown, type: string): boolean {
  return value !== undefined && typeof value !== type;
}

function isScopes(value: unknown): boolean {
  return Array.isArray(value) && value.every((scope) => typeof scope === 'string' && /^\S+$/.test(scope));
}
