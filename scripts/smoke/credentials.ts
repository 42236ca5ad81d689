/** Makes the headers with the credentials that a session sends. */
import type { Api, Auth } from '../../function/contract/api';
import { authOf, type ContractRoute, routesOf } from '../../function/contract/model';
import { SessionError, type StackOutputs } from './step';

export type Headers = Readonly<Record<string, string>>;

/**
 * Returns a function that makes the headers of a route.
 * @throws SessionError when the outputs and the environment have no credentials for a route
 */
export function credentials(api: Api, outputs: StackOutputs): (route: ContractRoute) => Headers {
  return (route) => {
    const auth = authOf(api, route.route);
    if (auth === 'none') return {};
    if (auth === 'apiKey') return { 'x-api-key': apiKey(outputs) };
    if (auth === 'jwt' || (typeof auth === 'object' && 'jwt' in auth))
      return { authorization: `Bearer ${token(api, outputs)}` };
    if (auth === 'iam' && isLocal(outputs)) return { authorization: 'AWS4-HMAC-SHA256 unsigned' };
    throw new SessionError(
      `${route.routeKey} has the auth ${JSON.stringify(auth)}, for which a session made from the contract has no credentials. ` +
        'Write a session.ts beside the contract.',
    );
  };
}

function apiKey({ api_key: key }: StackOutputs): string {
  if (typeof key === 'string') return key;
  throw new SessionError(
    'the output api_key is missing. The key is sensitive: cdktf deploy writes it with --outputs-file-include-sensitive-outputs.',
  );
}

/** Returns SMOKE_TOKEN, or makes a token for the local run, which accepts tokens without a signature. */
function token(api: Api, outputs: StackOutputs): string {
  const { SMOKE_TOKEN: issued = '' } = process.env;
  if (issued !== '') return issued;
  const { issuer, audience } = api.auth?.jwt ?? { issuer: '', audience: [] };
  const scopes = [...new Set(routesOf(api).flatMap(({ route }) => scopesOf(authOf(api, route))))];
  if (isLocal(outputs)) return unsignedToken(api, scopes);
  const scopeText = scopes.length > 0 ? ` and the scopes ${scopes.join(' ')}` : '';
  throw new SessionError(
    `the routes need a token. Set SMOKE_TOKEN to a token of ${issuer} for ${audience.join(' or ')}${scopeText}.`,
  );
}

function scopesOf(auth: Auth): readonly string[] {
  return typeof auth === 'object' && 'jwt' in auth ? auth.jwt : [];
}

function unsignedToken(api: Api, scopes: readonly string[]): string {
  const { issuer, audience } = api.auth?.jwt ?? { issuer: '', audience: [] };
  const managedClaims = Object.values(api.managed ?? {}).flatMap((how) =>
    typeof how === 'object' && 'claim' in how ? [[how.claim, 'smoke']] : [],
  );
  const claims = {
    ...(Object.fromEntries(managedClaims) as object),
    iss: issuer,
    aud: audience[0],
    scope: scopes.join(' '),
    exp: Math.floor(Date.now() / 1000) + 600,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.unsigned`;
}

function isLocal({ url }: StackOutputs): boolean {
  const { hostname } = new URL(String(url));
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
}
