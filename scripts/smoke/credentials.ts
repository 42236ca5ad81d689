/** Makes the headers with the credentials that a session sends. */
import type { Api, Auth } from '../../function/contract/api';
import { authOf, type ContractRoute, routesOf } from '../../function/contract/model';
import { SessionError, type StackOutputs, type Step } from './step';

export type Headers = Readonly<Record<string, string>>;

export interface Credentials {
  /** Steps that get a token, before the first request to the API. */
  readonly steps: readonly Step[];
  /** Makes the headers of a route. @throws SessionError when the outputs and the environment have no credentials for it */
  readonly headersOf: (route: ContractRoute) => Headers;
}

/** @throws SessionError when a route needs a token and there is none */
export function credentials(api: Api, outputs: StackOutputs): Credentials {
  const needsToken = routesOf(api).some(({ route }) => isToken(authOf(api, route)));
  const { steps = [], token = '' } = needsToken ? tokenOf(api, outputs) : {};
  const headersOf = (route: ContractRoute): Headers => {
    const auth = authOf(api, route.route);
    if (auth === 'none') return {};
    if (auth === 'apiKey') return { 'x-api-key': apiKey(outputs) };
    if (isToken(auth)) return { authorization: `Bearer ${token}` };
    if (auth === 'iam' && isLocal(outputs)) return { authorization: 'AWS4-HMAC-SHA256 unsigned' };
    throw new SessionError(
      `${route.routeKey} has the auth ${JSON.stringify(auth)}, for which a session made from the contract has no credentials. ` +
        'Write a session.ts beside the contract.',
    );
  };
  return { steps, headersOf };
}

function isToken(auth: Auth): boolean {
  return auth === 'jwt' || (typeof auth === 'object' && 'jwt' in auth);
}

function apiKey({ api_key: key }: StackOutputs): string {
  if (typeof key === 'string') return key;
  throw new SessionError(
    'the output api_key is missing. The key is sensitive: cdktf deploy writes it with --outputs-file-include-sensitive-outputs.',
  );
}

/** Returns SMOKE_TOKEN, or a step that gets a token from the local run. */
function tokenOf(api: Api, outputs: StackOutputs): { readonly steps?: readonly Step[]; readonly token: string } {
  const { SMOKE_TOKEN: issued = '' } = process.env;
  if (issued !== '') return { token: issued };
  const { issuer, audience } = api.auth?.jwt ?? { issuer: '', audience: [] };
  const scopes = [...new Set(routesOf(api).flatMap(({ route }) => scopesOf(authOf(api, route))))];
  const { local_run_issuer: server } = outputs;
  // An output of a stack on AWS could name any server, which must not get claims.
  if (typeof server === 'string' && isLocal(outputs) && isLoopback(server)) {
    return { steps: [tokenStep(server, api, scopes)], token: '{issued token}' };
  }
  const scopeText = scopes.length > 0 ? ` and the scopes ${scopes.join(' ')}` : '';
  throw new SessionError(
    `the routes need a token. Set SMOKE_TOKEN to a token of ${issuer} for ${audience.join(' or ')}${scopeText}.`,
  );
}

function scopesOf(auth: Auth): readonly string[] {
  return typeof auth === 'object' && 'jwt' in auth ? auth.jwt : [];
}

/** @param server the address of the local run's issuer */
function tokenStep(server: string, api: Api, scopes: readonly string[]): Step {
  const managedClaims = Object.values(api.managed ?? {}).flatMap((how) =>
    typeof how === 'object' && 'claim' in how ? [[how.claim, 'smoke'] as const] : [],
  );
  const claims = Object.fromEntries(managedClaims) as object;
  return {
    ...{ method: 'POST', path: '/api/tokens', server, label: 'of the issuer' },
    ...{ body: { stack: api.name, sub: 'smoke', scopes, claims }, status: 200, save: { 'issued token': 'body.token' } },
  };
}

/** Whether the API runs on this machine. */
function isLocal({ url }: StackOutputs): boolean {
  return isLoopback(String(url));
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
}
