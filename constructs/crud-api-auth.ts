/** Translates the auth and CORS of a contract to settings of API Gateway. Reports the parts that this project cannot deploy yet. */
import type { Api, Auth } from '../function/contract/api';
import { authOf, type ContractRoute, routesOf } from '../function/contract/model';
import type { ContractFault } from './contract-check/contract-error';
import type { HttpApiAuth, HttpApiCors } from './http-api';
import type { RestApiAuth } from './rest-api';

/** Request headers that operations read. Browsers send them to another origin only when CORS allows them. */
const REQUEST_HEADERS = ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'x-api-key'];

/** Response headers that operations send. A page of another origin can read them only when CORS exposes them. */
const RESPONSE_HEADERS = ['accept-patch', 'etag', 'idempotent-replayed', 'location', 'retry-after'];

/** Default of `maxAgeSeconds`: for how long browsers cache the answer to a preflight request. */
const CORS_MAX_AGE_SECONDS = 3600;

/** Reports the parts that this project cannot deploy yet. @param api a contract without other faults */
export function deploymentFaults(api: Api): readonly ContractFault[] {
  const authorizers = Object.keys(api.auth?.authorizers ?? {}).map((name) => ({
    path: `auth.authorizers.${name}`,
    message:
      "is not deployed yet: this project does not create authorizer functions; choose 'jwt', 'iam' or, on a REST API, 'apiKey'",
  }));
  if (api.gateway === 'http-api' || !api.cors) return authorizers;
  const message = "is not deployed yet on REST APIs; set gateway to 'http-api', or leave cors out";
  return [...authorizers, { path: 'cors', message }];
}

export function httpAuthOf(api: Api, route: ContractRoute): HttpApiAuth {
  const auth = authOf(api, route.route);
  if (auth === 'none' || auth === 'iam') return auth;
  if (auth === 'jwt') return { jwt: [] };
  if (typeof auth === 'object' && 'jwt' in auth) return auth;
  throw notDeployed(api, route, auth);
}

export function restAuthOf(api: Api, route: ContractRoute): RestApiAuth {
  const auth = authOf(api, route.route);
  if (auth === 'none' || auth === 'iam' || auth === 'apiKey') return auth;
  throw notDeployed(api, route, auth);
}

function notDeployed({ name, gateway }: Api, { routeKey }: ContractRoute, auth: Auth): Error {
  return new Error(
    `The contract ${name}: ${routeKey} has the auth ${JSON.stringify(auth)}, which is not deployed on a ${gateway}.`,
  );
}

/** @returns undefined when the contract has no CORS */
export function httpApiCors(api: Api): HttpApiCors | undefined {
  if (!api.cors) return undefined;
  const { origins, credentials, maxAgeSeconds = CORS_MAX_AGE_SECONDS } = api.cors;
  return {
    origins,
    credentials,
    maxAgeSeconds,
    methods: [...new Set(routesOf(api).map(({ method }) => method))].sort(),
    headers: REQUEST_HEADERS,
    exposedHeaders: RESPONSE_HEADERS,
  };
}
