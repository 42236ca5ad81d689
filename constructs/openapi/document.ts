/** Makes the OpenAPI 3.1 document of a contract. */
import type { Api, HandlerRoute, OperationRoute, Route } from '../../function/contract/api';
import { authOf, type ContractRoute, isOperation, routesOf } from '../../function/contract/model';
import { Components } from './components';
import { type Json, only } from './json';
import { operationIds, schemaName } from './names';
import { handlerParts, operationParts, type OperationParts } from './operations';
import { pathParametersOf } from './parameters';
import { errorComponents, errorResponses } from './responses';
import { itemSchema } from './schemas';
import { refusalStatuses, securityOf, securitySchemes } from './security';
import { tutorialParts } from './tutorial';

export interface OpenApiOptions {
  /** `info.version`. @default '1.0.0' */
  readonly version?: string;
  /** The API's URL, without a trailing slash. @default a template of API Gateway's URLs */
  readonly url?: string;
  /** Stage of a REST API: the first segment of its URLs. @default 'prod' */
  readonly stage?: string;
}

/** An OpenAPI document. Its paths are `paths[path][method]`. */
export interface OpenApiDocument extends Json {
  readonly openapi: '3.1.0';
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/**
 * Makes the document of a contract. The same contract gives the same document.
 * @example openApiDocument(todos, { url: 'https://api.example.com' })
 */
export function openApiDocument(api: Api, options: OpenApiOptions = {}): OpenApiDocument {
  const components = new Components();
  const ids = operationIds(api);
  const paths: Record<string, Record<string, Json>> = {};
  const usesItem = routesOf(api).some(({ route }) => isOperation(route));
  if (usesItem) components.add(schemaName(api.name), itemSchema(api));
  for (const contractRoute of routesOf(api)) {
    const { routeKey, method, path, route } = contractRoute;
    const parts = partsOf(api, contractRoute, components);
    const parameters = [...pathParametersOf(api, path), ...(parts.parameters ?? [])];
    const auth = authOf(api, route);
    const { summary, requestBody, responses, errors } = parts;
    const documentPath = path.replaceAll('+}', '}');
    paths[documentPath] ??= {};
    paths[documentPath][method.toLowerCase()] = {
      operationId: ids.get(routeKey),
      summary: route.summary ?? summary,
      security: securityOf(auth),
      ...only(parameters.length > 0, { parameters }),
      ...only(requestBody, { requestBody }),
      responses: { ...errorResponses([...errors, ...refusalStatuses(auth), ...throttleStatuses(route)]), ...responses },
    };
  }
  const schemes = securitySchemes(api);
  const errors = errorComponents(paths);
  return {
    openapi: '3.1.0',
    info: { title: api.name, version: options.version ?? '1.0.0' },
    servers: [server(api, options)],
    paths,
    components: {
      schemas: { ...components.schemas, ...errors.schemas },
      responses: errors.responses,
      ...only(Object.keys(schemes).length > 0, { securitySchemes: schemes }),
    },
  };
}

/** Statuses of a throttle. The response of all other errors describes the limits that routes share. */
function throttleStatuses({ throttle }: Route): readonly number[] {
  return throttle ? [429] : [];
}

function partsOf(api: Api, contractRoute: ContractRoute, components: Components): OperationParts {
  if (!isOperation(contractRoute.route)) return handlerParts(contractRoute as ContractRoute<HandlerRoute>);
  const parts = api.answers ? tutorialParts : operationParts;
  return parts(api, contractRoute as ContractRoute<OperationRoute>, components);
}

/** Returns the server. Its default URL has placeholders: only Terraform's outputs contain the real URL. */
function server({ gateway }: Api, { url, stage = 'prod' }: OpenApiOptions): Json {
  if (url !== undefined) return { url };
  return {
    url: `https://{apiId}.execute-api.{region}.amazonaws.com${gateway === 'rest-api' ? `/${stage}` : ''}`,
    variables: {
      apiId: { default: 'api-id', description: 'The id of the API.' },
      region: { default: 'eu-central-1', description: 'The region of the API.' },
    },
  };
}
