/** The tokens that the routes of the stacks accept, and their claims. */
import type { Deployment, RouteAuthorization, RouteDeployment } from '../../model/deployment';
import type { Claims } from './claims';

/** The issuers and audiences that an authorizer of a stack accepts. */
export interface TokenTarget {
  readonly stack: string;
  readonly kind: 'jwt' | 'cognito';
  /** All issuers that the authorizer accepts: a Cognito authorizer can have several user pools. */
  readonly issuers: readonly string[];
  /** The first issuer. Tokens have it by default. */
  readonly issuer: string;
  /** All audiences that the authorizer accepts. Empty for Cognito: API Gateway does not check the audience. */
  readonly audiences: readonly string[];
  /** The first audience. Tokens have it by default. */
  readonly audience: string | undefined;
  /** All scopes that the routes name. */
  readonly scopes: readonly string[];
}

export interface TokenOptions {
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Claims that are added to the token, or replace its claims. */
  readonly claims?: Claims;
  readonly expiresInSeconds: number;
}

/** @returns the targets of a stack, in the order of its routes */
export function tokenTargets({ stack, apis }: Pick<Deployment, 'stack' | 'apis'>): TokenTarget[] {
  const routes: readonly RouteDeployment[] = apis.flatMap((api) => api.routes);
  const targets = new Map<string, TokenTarget>();
  for (const { authorization } of routes) {
    const target = authorization && targetOf(stack, authorization);
    if (!target) continue;
    const { kind, issuers, audiences } = target;
    // Of a Cognito pool, methods with scopes accept access tokens, and methods without scopes accept identity tokens.
    const key = JSON.stringify([kind, issuers, audiences, kind === 'cognito' && target.scopes.length > 0]);
    const scopes = new Set([...(targets.get(key)?.scopes ?? []), ...target.scopes]);
    targets.set(key, { ...target, scopes: [...scopes] });
  }
  return [...targets.values()];
}

/** @returns undefined when the route needs no token of an issuer */
export function targetOf(stack: string, authorization: RouteAuthorization): TokenTarget | undefined {
  if (authorization.kind === 'jwt') {
    const { issuer, audience, scopes } = authorization;
    return { stack, kind: 'jwt', issuers: [issuer], issuer, audiences: audience, audience: audience[0], scopes };
  }
  if (authorization.kind !== 'cognito') return undefined;
  const { issuers, scopes } = authorization;
  return { stack, kind: 'cognito', issuers, issuer: issuers[0] ?? '', audiences: [], audience: undefined, scopes };
}

/** The client of Cognito's tokens. */
const CLIENT_ID = 'local-run';

/** @param now in ms since the epoch */
export function claimsFor(target: TokenTarget, options: TokenOptions, now: number): Claims {
  const issuedAt = Math.floor(now / 1000);
  const { subject, scopes, claims, expiresInSeconds } = options;
  return {
    iss: target.issuer,
    sub: subject,
    ...(target.kind === 'jwt' ? { aud: target.audience } : cognitoClaims(subject, scopes)),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    iat: issuedAt,
    exp: issuedAt + expiresInSeconds,
    ...claims,
  };
}

/** A token with scopes is an access token. Otherwise it is an identity token (Cognito developer guide, "Understanding user pool JWTs"). */
function cognitoClaims(subject: string, scopes: readonly string[]): Claims {
  return scopes.length > 0
    ? { token_use: 'access', client_id: CLIENT_ID, username: subject }
    : { token_use: 'id', aud: CLIENT_ID, 'cognito:username': subject };
}
