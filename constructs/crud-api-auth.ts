/** Translates the auth of a contract to settings of API Gateway. */
import type { Api, Auth, Authorizer } from '../function/contract/api';
import { authOf, type ContractRoute } from '../function/contract/model';
import type { HttpApiAuth } from './http-api-authorizers';
import type { RestApiAuth } from './rest-api-authorizers';

/** Defaults of a contract's authorizers. API Gateway caches decisions for 300 seconds unless told otherwise. */
const AUTHORIZER_DEFAULTS = { header: 'authorization', cacheSeconds: 300 };

export function httpAuthOf(api: Api, route: ContractRoute): HttpApiAuth {
  const auth = authOf(api, route.route);
  if (auth === 'none' || auth === 'iam') return auth;
  if (auth === 'jwt') return { jwt: [] };
  if (typeof auth === 'object' && !('cognito' in auth)) return auth;
  throw notPossible(api, route, auth);
}

export function restAuthOf(api: Api, route: ContractRoute): RestApiAuth {
  const auth = authOf(api, route.route);
  if (auth === 'none' || auth === 'iam' || auth === 'apiKey') return auth;
  if (auth === 'cognito') return { cognito: [] };
  if (typeof auth === 'object' && !('jwt' in auth)) return auth;
  throw notPossible(api, route, auth);
}

function notPossible({ name, gateway }: Api, { routeKey }: ContractRoute, auth: Auth): Error {
  return new Error(
    `The contract ${name}: ${routeKey} has the auth ${JSON.stringify(auth)}, which is not possible on a ${gateway}.`,
  );
}

/** Returns the authorizers of a contract by name, with their defaults. */
export function authorizersOf({ auth }: Api): readonly (readonly [name: string, authorizer: Required<Authorizer>])[] {
  return Object.entries(auth?.authorizers ?? {}).map(([name, authorizer]) => [
    name,
    { ...AUTHORIZER_DEFAULTS, ...authorizer },
  ]);
}

/** Names the function of an authorizer: `gate` becomes `authorizer-gate`. The name of the function and its role ends with it. */
export function authorizerWord(authorizer: string): string {
  return `authorizer-${authorizer.toLowerCase()}`;
}
