/** Reads the body of a REST API: the resources, methods and integrations that API Gateway imports. */
import { isObject } from '../../../services/is-object';
import { toList } from '../../../services/to-list';
import type { Attributes, Resource } from '../resource';
import { type CreatedResource, unknownExtensions } from './created-resource';
import { type Fields, type OpenApiDocument, type Operation } from './document';
import { INTEGRATION, integrationResponses, methodResponses, restIntegration } from './integration';
import { restSecurity } from './rest-security';

const VALIDATOR = 'x-amazon-apigateway-request-validator';
const VALIDATORS = 'x-amazon-apigateway-request-validators';
const GATEWAY_RESPONSES = 'x-amazon-apigateway-gateway-responses';

/** Extensions of the document and of operations. Those that are not read here have no effect on one machine. */
export const REST_EXTENSIONS = [
  ...[INTEGRATION, VALIDATOR, VALIDATORS, GATEWAY_RESPONSES, 'x-amazon-apigateway-auth'],
  ...['x-amazon-apigateway-api-key-source', 'x-amazon-apigateway-binary-media-types', 'x-amazon-apigateway-policy'],
  ...['x-amazon-apigateway-documentation', 'x-amazon-apigateway-endpoint-configuration'],
  ...['x-amazon-apigateway-importexport-version', 'x-amazon-apigateway-minimum-compression-size'],
  'x-amazon-apigateway-tag-value',
];

/** @returns the attributes that the document sets on the API itself */
export function restApiSettings({ root }: OpenApiDocument): Attributes {
  return {
    api_key_source: root['x-amazon-apigateway-api-key-source'],
    binary_media_types: root['x-amazon-apigateway-binary-media-types'],
    policy: root['x-amazon-apigateway-policy'],
  };
}

/** @throws DocumentError */
export function restApiParts({ attributes: api }: Resource, document: OpenApiDocument): CreatedResource[] {
  const apiId = String(api['id']);
  const { operations, root } = document;
  const paths = pathResources(apiId, String(api['root_resource_id']), operations);
  const methods = operations.flatMap((operation) =>
    methodParts(apiId, operation, paths.idOf(operation.path), document),
  );
  const validators = Object.entries(document.object(root[VALIDATORS] ?? {})).map(([name, value]) => {
    const { validateRequestBody: ofBody, validateRequestParameters: ofParameters } = document.object(value);
    const attributes = { validate_request_body: ofBody, validate_request_parameters: ofParameters };
    const id = validatorId(apiId, name);
    return part('aws_api_gateway_request_validator', name, { rest_api_id: apiId, id, name, ...attributes });
  });
  const responses = Object.entries(document.object(root[GATEWAY_RESPONSES] ?? {})).map(([type, value]) =>
    part('aws_api_gateway_gateway_response', type, { rest_api_id: apiId, response_type: type, ...responseOf(value) }),
  );
  return [...paths.created, ...withoutRepetitions(methods), ...validators, ...responses];
}

function part(type: string, name: string, attributes: Attributes): CreatedResource {
  return { type, part: name, attributes };
}

function validatorId(apiId: string, name: string): string {
  return `${apiId}-validator-${name}`;
}

function responseOf(value: unknown): Attributes {
  const { statusCode, responseParameters, responseTemplates } = value as Fields & { statusCode?: string | number };
  const status = statusCode === undefined ? undefined : String(statusCode);
  return { status_code: status, response_parameters: responseParameters, response_templates: responseTemplates };
}

/** Several methods can have the same authorizer. */
function withoutRepetitions(parts: readonly CreatedResource[]): CreatedResource[] {
  return [...new Map(parts.map((created) => [`${created.type} ${created.part}`, created])).values()];
}

/** One resource for each segment of a path. */
function pathResources(apiId: string, rootId: string, operations: readonly Operation[]) {
  const ids = new Map<string, string>([['', rootId]]);
  const created: CreatedResource[] = [];
  const idOf = (path: string): string => {
    const trimmed = path.replace(/\/$/, '');
    const known = ids.get(trimmed);
    if (known !== undefined) return known;
    const end = trimmed.lastIndexOf('/');
    const attributes = { parent_id: idOf(trimmed.slice(0, end)), path_part: trimmed.slice(end + 1) };
    const id = `${apiId}-${trimmed}`;
    ids.set(trimmed, id);
    created.push(part('aws_api_gateway_resource', trimmed, { rest_api_id: apiId, id, ...attributes }));
    return id;
  };
  for (const { path } of operations) idOf(path);
  return { created, idOf };
}

function methodParts(
  apiId: string,
  operation: Operation,
  resourceId: string,
  document: OpenApiDocument,
): CreatedResource[] {
  const { method, path, fields } = operation;
  const name = `${method} ${path}`;
  const key = { rest_api_id: apiId, resource_id: resourceId, http_method: method };
  const { attributes, authorizer } = restSecurity(apiId, fields, document.securityOf(operation));
  const { model, validation } = validationParts(apiId, name, operation, document);
  const methodPart = {
    ...part('aws_api_gateway_method', name, { ...key, ...attributes, ...validation }),
    unknown: unknownExtensions(fields, REST_EXTENSIONS),
  };
  const integration = fields[INTEGRATION];
  const integrationParts = integration === undefined ? [] : partsOfIntegration(name, key, document.object(integration));
  return [methodPart, ...(authorizer ? [authorizer] : []), ...(model ? [model] : []), ...integrationParts];
}

function partsOfIntegration(name: string, key: Attributes, integration: Fields): CreatedResource[] {
  const attributes = restIntegration(integration);
  const created = part('aws_api_gateway_integration', name, { ...key, ...attributes });
  if (attributes['type'] !== 'MOCK') return [created];
  const responses = integrationResponses(integration);
  return [
    created,
    ...methodResponses(responses).map((response) =>
      part('aws_api_gateway_method_response', `${name} ${String(response['status_code'])}`, { ...key, ...response }),
    ),
    ...responses.map((response, index) =>
      part('aws_api_gateway_integration_response', `${name} response ${index + 1}`, { ...key, ...response }),
    ),
  ];
}

/** The validator of a method, the model of its body, and its parameters. */
function validationParts(apiId: string, name: string, operation: Operation, document: OpenApiDocument) {
  const validator = operation.fields[VALIDATOR] ?? document.root[VALIDATOR];
  const schema = document.bodySchema(operation);
  const modelName = `the body of ${name}`;
  const model = part('aws_api_gateway_model', modelName, {
    ...{ rest_api_id: apiId, name: modelName, content_type: 'application/json' },
    schema: JSON.stringify(toModel(schema, document)),
  });
  const parameters = operation.parameters.flatMap(({ in: place, name: parameter, required }) => {
    const kind = PLACES[String(place)];
    return kind === undefined ? [] : [[`method.request.${kind}.${String(parameter)}`, required === true] as const];
  });
  return {
    model: schema === undefined ? undefined : model,
    validation: {
      request_validator_id: validator === undefined ? undefined : validatorId(apiId, validator as string),
      request_models: schema === undefined ? undefined : { 'application/json': modelName },
      request_parameters: Object.fromEntries(parameters),
    },
  };
}

const PLACES: Readonly<Record<string, string>> = { query: 'querystring', header: 'header', path: 'path' };

/** A model has all schemas of the document as its definitions. */
function toModel(schema: unknown, document: OpenApiDocument): Attributes {
  const definitions = withLocalReferences(document.schemas) as Attributes;
  return { ...(withLocalReferences(schema) as Attributes), definitions };
}

function withLocalReferences(value: unknown): unknown {
  if (Array.isArray(value)) return toList(value).map(withLocalReferences);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) =>
    name === '$ref' && typeof inner === 'string'
      ? [name, inner.replace(/^#\/components\/schemas\//, '#/definitions/')]
      : [name, withLocalReferences(inner)],
  );
  return Object.fromEntries(entries) as unknown;
}
