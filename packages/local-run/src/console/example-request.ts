/** Makes an example request of a route: values of parameters, credentials that the route accepts, and a body. */
import type { ApiDeployment, Deployment, RouteAuthorization, RouteDeployment } from '../model/deployment';
import { apiKeysOf } from '../print/api-keys';
import { targetOf } from '../services/tokens/token-target';
import type { ExampleTokens } from './example-tokens';
import { schemaBody } from './schema-body';

/** The tokens that a route accepts. POST /api/tokens issues them. */
export interface TokenDescription {
  /** The header that contains the token, in lower case. */
  readonly header: string;
  readonly scopes: readonly string[];
  /** The claims that select the authorizer. */
  readonly claims: { readonly iss: string; readonly aud?: string | undefined };
}

/** A request that the route accepts. */
export interface ExampleRequest {
  readonly method: string;
  /** A template: `/items/{id}`. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Names of query parameters. */
  readonly query: readonly string[];
  /** Values of query parameters by name. The request is valid without the other parameters. */
  readonly queryValues?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when the stack has neither an example nor a schema of a body. */
  readonly body?: string;
}

interface ExampleContext {
  readonly deployment: Deployment;
  readonly api: ApiDeployment;
  readonly tokens: ExampleTokens;
}

/** @param template the path without the stage: `/items/{id}` */
export async function exampleContent(
  route: RouteDeployment,
  template: string,
  { deployment, api, tokens }: ExampleContext,
): Promise<Omit<ExampleRequest, 'method' | 'path'>> {
  const { query = [], values = {} } = route.example ?? {};
  const body = route.example?.body ?? schemaBody(route, api);
  const parameters = [...template.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => [
    name,
    values[name] ?? 'example-1',
  ]);
  const queryValues = Object.fromEntries(Object.entries(values).filter(([name]) => query.includes(name)));
  const [apiKey] = apiKeysOf([deployment]);
  const needsApiKey = 'apiKeyRequired' in route && route.apiKeyRequired === true;
  return {
    pathParameters: Object.fromEntries(parameters) as Record<string, string>,
    query,
    ...(Object.keys(queryValues).length > 0 && { queryValues }),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(await callerHeaders(route, deployment.stack, tokens)),
      ...(needsApiKey && apiKey !== undefined && { 'x-api-key': apiKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body, null, 2) }),
  };
}

/** The headers that identify the caller. Lambda authorizers decide about their values, so these are empty. */
async function callerHeaders(
  { authorization }: RouteDeployment,
  stack: string,
  tokens: ExampleTokens,
): Promise<Readonly<Record<string, string>>> {
  if (!authorization || authorization.kind === 'iam') return {};
  if (authorization.kind === 'http-lambda' || authorization.kind === 'rest-lambda') {
    const headers = authorization.identitySources.filter((source) => source.in === 'header');
    return Object.fromEntries(headers.map(({ name }) => [name.toLowerCase(), '']));
  }
  const target = targetOf(stack, authorization);
  return target ? { [tokenHeader(authorization)]: `Bearer ${await tokens.tokenFor(target)}` } : {};
}

export function tokenDescription({ authorization }: RouteDeployment, stack: string): TokenDescription | undefined {
  if (!authorization) return undefined;
  const target = targetOf(stack, authorization);
  if (!target) return undefined;
  const { scopes, issuer: iss, audience: aud } = target;
  return { header: tokenHeader(authorization), scopes, claims: { iss, aud } };
}

function tokenHeader(authorization: RouteAuthorization): string {
  return authorization.kind === 'cognito' ? authorization.header : 'authorization';
}
