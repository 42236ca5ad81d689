/** Describes the stacks for the page: outputs, tables, functions, and routes. Each route has an example request. */
import type {
  ApiDeployment,
  Deployment,
  IndexDeployment,
  KeySchema,
  RouteAuthorization,
  RouteDeployment,
  TableDeployment,
} from '../model/deployment';
import { requestOf } from '../model/routes';
import { apiKeysOf } from '../print/api-keys';
import { tokenTargets } from '../services/tokens/token-target';
import type { ConsoleSource } from './api-call';
import { exampleContent, type ExampleRequest, type TokenDescription, tokenDescription } from './example-request';
import type { ExampleTokens } from './example-tokens';
import { shownOutputs } from '../print/outputs';
import { routeTarget, shownRoutes } from '../print/routes';
import { documentedApi } from './openapi';

export interface StackDescription {
  readonly stack: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly routes: readonly RouteDescription[];
  readonly tables: readonly TableDescription[];
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
  /** The URL of the API in this run, without a path. */
  readonly url?: string | undefined;
  /** The name and the stage of the API, for a person. */
  readonly apiName: string;
  readonly stage: string;
  /** `GET /items/{id}`. */
  readonly routeKey: string;
  /** As in the route key: `GET`, `ANY` or `$default`. */
  readonly method: string;
  /** The path of a request, including a named stage. The route `$default` has only the stage: its requests can have any path. */
  readonly path: string;
  /** The name of the function, `MOCK`, or `answers 501`. */
  readonly function: string;
  readonly example: ExampleRequest;
  /** Absent when everybody may call the route. */
  readonly authorization?: RouteAuthorization['kind'] | undefined;
  /** Whether the route requires an API key. */
  readonly apiKey: boolean;
  /** Absent when the route needs no token of an issuer. */
  readonly token?: TokenDescription | undefined;
}

export interface TableDescription {
  readonly name: string;
  /** The names of the key attributes, the partition key first. */
  readonly keys: readonly string[];
  /** The types of the attributes of all keys: `S`, `N` or `B`. */
  readonly types: Readonly<Record<string, string>>;
  readonly indexes: readonly IndexDescription[];
  /** The attribute with the time at which an item expires. Absent: items do not expire. */
  readonly ttlAttribute?: string;
}

interface IndexDescription extends Pick<IndexDeployment, 'name' | 'projection'> {
  readonly kind: 'global' | 'local';
  readonly keys: readonly string[];
}

export interface FunctionDescription {
  readonly name: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly role: string;
}

type Site = Pick<ConsoleSource['site'], 'deployments' | 'urlOf'>;

export function describeStacks(site: Site, tokens: ExampleTokens): Promise<StackDescription[]> {
  return Promise.all(site.deployments.map((deployment) => describeStack(deployment, site, tokens)));
}

async function describeStack(deployment: Deployment, site: Site, tokens: ExampleTokens): Promise<StackDescription> {
  const routes = deployment.apis.flatMap((api) => shownRoutes(api).map((route) => ({ api, route })));
  const [target] = tokenTargets(deployment);
  return {
    stack: deployment.stack,
    outputs: shownOutputs(deployment),
    routes: await Promise.all(
      routes.map(async ({ api, route }) => ({
        ...(await describeRoute(route, api, deployment, tokens)),
        url: site.urlOf(deployment.stack, api.address),
      })),
    ),
    tables: deployment.tables.map(describeTable),
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

function describeTable(table: TableDeployment): TableDescription {
  const { name, keySchema, attributes, indexes = [], localIndexes = [], ttlAttribute } = table;
  return {
    name,
    keys: attributeNames(keySchema),
    types: Object.fromEntries(attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType])),
    indexes: [
      ...indexes.map((index) => describeIndex(index, 'global')),
      ...localIndexes.map((index) => describeIndex(index, 'local')),
    ],
    ...(ttlAttribute !== undefined && { ttlAttribute }),
  };
}

function describeIndex(
  { name, keySchema, projection }: IndexDeployment,
  kind: IndexDescription['kind'],
): IndexDescription {
  return { name, kind, keys: attributeNames(keySchema), projection };
}

function attributeNames(keySchema: KeySchema): string[] {
  return keySchema.map(({ AttributeName }) => AttributeName);
}

async function describeRoute(
  route: RouteDeployment,
  api: ApiDeployment,
  deployment: Deployment,
  tokens: ExampleTokens,
): Promise<RouteDescription> {
  const { method, path } = requestOf(api, route.routeKey);
  const isDefaultRoute = method === '$default';
  const [, routePath = '/{path+}'] = route.routeKey.split(' ');
  return {
    stack: deployment.stack,
    api: api.address,
    apiName: api.name,
    stage: api.stage,
    routeKey: route.routeKey,
    method,
    path,
    authorization: route.authorization?.kind,
    apiKey: 'apiKeyRequired' in route && route.apiKeyRequired === true,
    token: tokenDescription(route, deployment.stack),
    function: routeTarget(route, deployment),
    example: {
      method: isDefaultRoute || method === 'ANY' ? 'GET' : method,
      path: isDefaultRoute ? `${path}${routePath}` : path,
      ...(await exampleContent(route, routePath, { deployment, api, tokens })),
    },
  };
}
