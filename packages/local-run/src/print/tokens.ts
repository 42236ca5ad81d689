/** Makes example tokens for routes with JWT authorizers. */
import type { Deployment, JwtAuthorization, RouteDeployment } from '../model/deployment';
import { exampleToken } from '../services/api-gateway/authorization';

/** @returns a token for each issuer, with all scopes that the routes name */
export function tokensOf({ apis }: Pick<Deployment, 'apis'>): string[] {
  const routes: readonly RouteDeployment[] = apis.flatMap((api) => api.routes);
  const byIssuer = new Map<string, JwtAuthorization>();
  for (const { authorization } of routes) {
    if (authorization?.kind !== 'jwt') continue;
    const { issuer } = authorization;
    const scopes = [...(byIssuer.get(issuer)?.scopes ?? []), ...authorization.scopes];
    byIssuer.set(issuer, { ...authorization, scopes: [...new Set(scopes)] });
  }
  return [...byIssuer.values()].map(exampleToken);
}
