/** Describes the stacks for the page: outputs, tables, functions, and routes. Each route has an example request. */
import type { ApiDeployment, Deployment, RouteAuthorization, RouteDeployment } from '../model/deployment';
import { apiKeysOf } from '../print/api-keys';
import { targetOf, tokenTargets } from '../services/tokens/token-target';
import type { ExampleTokens } from './example-tokens';
import { shownRoutes } from '../print/routes';
import { documentedApi } from './openapi';

export interface StackDescription {
  readonly stack: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly routes: readonly RouteDescription[];
  readonly tables: readonly { readonly name: string; readonly keys: readonly string[] }[];
  readonly functions: readonly FunctionDescription[];
  /** The Terraform address of the API that `/openapi/<stack>.json` describes. Absent when the stack has no document. */
  readonly documentedApi?: string | undefined;
  /** An API key and a token that the routes accept. Each is absent when no route requires it. */
  readonly credentials: { readonly apiKey?: string | undefined; readonly token?: string | undefined };
}

export interface RouteDescription {
  readonly stack: string;
  /** The API's Terraform address. */
  readonly api: string;
  /** As in the route key: `GET`, `ANY` or `$default`. */
  readonly method: string;
  /** The path of a request, including a named stage; empty for the route `$default`. */
  readonly path: string;
  readonly function: string;
  readonly example: ExampleRequest;
  /** Absent when the route needs no token of an issuer. */
  readonly token?: TokenDescription | undefined;
}

/** The tokens that a route accepts. POST /api/tokens issues them. */
interface TokenDescription {
  /** The header that contains the token, in lower case. */
  readonly header: string;
  readonly scopes: readonly string[];
  /** The claims that select the authorizer. */
  readonly claims: { readonly iss: string; readonly aud?: string | undefined };
}

/** A request that the route accepts. */
interface ExampleRequest {
  readonly method: string;
  /** A template: `/items/{id}`. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Names of query parameters. */
  readonly query: readonly string[];
  /** Values of query parameters by name. The request is valid without the other parameters. */
  readonly queryValues?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when the stack has no example of a body. */
  readonly body?: string;
}

export interface FunctionDescription {
  readonly name: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly role: string;
}

export function describeStacks(deployments: readonly Deployment[], tokens: ExampleTokens): Promise<StackDescription[]> {
  return Promise.all(deployments.map((deployment) => describeStack(deployment, tokens)));
}

async function describeStack(deployment: Deployment, tokens: ExampleTokens): Promise<StackDescription> {
  const routes = deployment.apis.flatMap((api) => shownRoutes(api).map((route) => ({ api, route })));
  const [target] = tokenTargets(deployment);
  return {
    stack: deployment.stack,
    outputs: deployment.outputs,
    routes: await Promise.all(routes.map(({ api, route }) => describeRoute(route, api, deployment, tokens))),
    tables: deployment.tables.map(({ name, keySchema }) => ({
      name,
      keys: keySchema.map(({ AttributeName }) => AttributeName),
    })),
    functions: deployment.functions.map(({ name, memoryMb, timeoutMs, roleArn }) => ({
      name,
      memoryMb,
      timeoutMs,
      role: roleArn.split('/').at(-1) ?? '',
    })),
    documentedApi: documentedApi(deployment)?.address,
    credentials: { apiKey: apiKeysOf([deployment])[0], token: target && (await tokens.tokenFor(target)) },
  };
}

async function describeRoute(
  route: RouteDeployment,
  api: ApiDeployment,
  deployment: Deployment,
  tokens: ExampleTokens,
): Promise<RouteDescription> {
  const [method = '', path = ''] = route.routeKey.split(' ');
  const isDefaultRoute = method === '$default';
  const template = isDefaultRoute ? '/{path+}' : path;
  // The $default stage of an HTTP API is not part of the path.
  const stage = api.stage === '$default' ? '' : `/${api.stage}`;
  return {
    stack: deployment.stack,
    api: api.address,
    method,
    path: isDefaultRoute ? '' : `${stage}${path}`,
    token: tokenOf(route, deployment.stack),
    function: route.notSimulated
      ? 'answers 501'
      : (deployment.functions.find(({ arn }) => arn === route.functionArn)?.name ?? ''),
    example: {
      method: isDefaultRoute || method === 'ANY' ? 'GET' : method,
      path: `${stage}${template}`,
      ...(await exampleContent(route, template, deployment, tokens)),
    },
  };
}

async function exampleContent(
  route: RouteDeployment,
  template: string,
  deployment: Deployment,
  tokens: ExampleTokens,
): Promise<Omit<ExampleRequest, 'method' | 'path'>> {
  const { body, query = [], values = {} } = route.example ?? {};
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

function tokenOf({ authorization }: RouteDeployment, stack: string): TokenDescription | undefined {
  if (!authorization) return undefined;
  const target = targetOf(stack, authorization);
  if (!target) return undefined;
  const { scopes, issuer: iss, audience: aud } = target;
  return { header: tokenHeader(authorization), scopes, claims: { iss, aud } };
}

function tokenHeader(authorization: RouteAuthorization): string {
  return authorization.kind === 'cognito' ? authorization.header : 'authorization';
}
