/** What the page has of the stacks: routes, each with a request that it takes, outputs, tables, and what functions may do. */
import type { ApiDeployment, Deployment, RouteDeployment } from '../model/deployment';
import { apiKeysOf } from '../print/api-keys';

export interface PageRoute {
  readonly stack: string;
  /** The API's address in Terraform; by it and the stack a request is sent. */
  readonly api: string;
  /** As the route has it: `GET`, `ANY`, or `$default`. */
  readonly method: string;
  /** `/items/{id}`, behind the stage where that is a part of the path; nothing of `$default`. */
  readonly path: string;
  readonly function: string;
  readonly example: RouteExample;
}

interface RouteExample {
  /** One that the route takes. */
  readonly method: string;
  /** With its parameters: `/items/{id}`. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Names of query parameters that are known. */
  readonly query: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Text; absent: none is known. */
  readonly body?: string;
}

export interface PageStack {
  readonly stack: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly routes: readonly PageRoute[];
  readonly tables: readonly { readonly name: string; readonly keys: readonly string[] }[];
  readonly functions: readonly PageFunction[];
}

export interface PageFunction {
  readonly name: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly role: string;
}

export function pageStacks(deployments: readonly Deployment[]): PageStack[] {
  return deployments.map((deployment) => ({
    stack: deployment.stack,
    outputs: deployment.outputs,
    routes: deployment.apis.flatMap((api) => api.routes.map((route) => pageRoute(route, api, deployment))),
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
  }));
}

function pageRoute(route: RouteDeployment, api: ApiDeployment, deployment: Deployment): PageRoute {
  const [method = '', path = ''] = route.routeKey.split(' ');
  // An HTTP API's $default is no part of the path.
  const stage = api.stage === '$default' ? '' : `/${api.stage}`;
  const template = method === '$default' ? '/{path+}' : path;
  return {
    stack: deployment.stack,
    api: api.address,
    method,
    path: method === '$default' ? '' : `${stage}${path}`,
    function: deployment.functions.find(({ arn }) => arn === route.functionArn)?.name ?? '',
    example: {
      method: ['ANY', '$default'].includes(method) ? 'GET' : method,
      path: `${stage}${template}`,
      ...exampleOf(route, template, deployment),
    },
  };
}

function exampleOf(
  route: RouteDeployment,
  path: string,
  deployment: Deployment,
): Omit<RouteExample, 'method' | 'path'> {
  const { body, query = [] } = route.example ?? {};
  const parameters = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => [name, 'example-1']);
  const [apiKey] = apiKeysOf([deployment]);
  const needsKey = 'apiKeyRequired' in route && route.apiKeyRequired === true;
  return {
    pathParameters: Object.fromEntries(parameters) as Record<string, string>,
    query,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(needsKey && apiKey !== undefined && { 'x-api-key': apiKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body, null, 2) }),
  };
}
