/** Reads the body of an HTTP API: the routes, integrations and authorizers that API Gateway imports. */
import type { Attributes, Resource } from '../resource';
import { type CreatedResource, unknownExtensions } from './created-resource';
import type { Fields, OpenApiDocument, Operation, Security } from './document';
import { httpIntegration, INTEGRATION } from './integration';
import { isSigned } from './rest-security';

const CORS = 'x-amazon-apigateway-cors';

/** Extensions of the document and of operations. Those that are not read here have no effect on one machine. */
export const HTTP_EXTENSIONS = [
  ...[INTEGRATION, CORS, 'x-amazon-apigateway-integrations', 'x-amazon-apigateway-importexport-version'],
  ...['x-amazon-apigateway-endpoint-configuration', 'x-amazon-apigateway-tag-value'],
];

/** @returns the attributes that the document sets on the API itself */
export function httpApiSettings(document: OpenApiDocument): Attributes {
  if (document.root[CORS] === undefined) return {};
  const cors = document.object(document.root[CORS]);
  return {
    cors_configuration: {
      allow_credentials: cors['allowCredentials'],
      allow_headers: cors['allowHeaders'],
      allow_methods: cors['allowMethods'],
      allow_origins: cors['allowOrigins'],
      expose_headers: cors['exposeHeaders'],
      max_age: cors['maxAge'],
    },
  };
}

/** @throws DocumentError */
export function httpApiParts({ attributes: api }: Resource, document: OpenApiDocument): CreatedResource[] {
  const apiId = String(api['id']);
  const parts = document.operations.flatMap((operation) => routeParts(apiId, operation, document));
  return [...new Map(parts.map((created) => [`${created.type} ${created.part}`, created])).values()];
}

function routeParts(apiId: string, operation: Operation, document: OpenApiDocument): CreatedResource[] {
  const { method, path, fields } = operation;
  const routeKey = path === '/$default' ? '$default' : `${method} ${path}`;
  const integrationId = `${apiId}-${routeKey}`;
  const { attributes, authorizer } = securityOf(apiId, document.securityOf(operation));
  const route: CreatedResource = {
    type: 'aws_apigatewayv2_route',
    part: routeKey,
    attributes: { api_id: apiId, route_key: routeKey, target: `integrations/${integrationId}`, ...attributes },
    unknown: unknownExtensions(fields, HTTP_EXTENSIONS),
  };
  const integration = fields[INTEGRATION];
  const integrationPart: CreatedResource = {
    type: 'aws_apigatewayv2_integration',
    part: routeKey,
    attributes: { api_id: apiId, id: integrationId, ...httpIntegration(document.object(integration ?? {})) },
  };
  return [route, ...(integration === undefined ? [] : [integrationPart]), ...(authorizer ? [authorizer] : [])];
}

function securityOf(apiId: string, [security]: readonly Security[]) {
  if (!security) return { attributes: {} };
  const { name, scheme, scopes } = security;
  if (isSigned(scheme)) return { attributes: { authorization_type: 'AWS_IAM' } };
  const settings = scheme['x-amazon-apigateway-authorizer'] as Fields | undefined;
  // The reader refuses a route with an authorization that it does not know, and names the scheme.
  if (!settings) return { attributes: { authorization_type: `the security scheme ${name}` } };
  const authorizer = authorizerOf(apiId, name, settings);
  const isJwt = authorizer.attributes['authorizer_type'] === 'JWT';
  return {
    attributes: {
      authorization_type: isJwt ? 'JWT' : 'CUSTOM',
      authorizer_id: authorizer.attributes['id'],
      authorization_scopes: scopes,
    },
    authorizer,
  };
}

function authorizerOf(apiId: string, name: string, settings: Fields): CreatedResource {
  const { identitySource, jwtConfiguration } = settings;
  const version = settings['authorizerPayloadFormatVersion'];
  return {
    type: 'aws_apigatewayv2_authorizer',
    part: name,
    attributes: {
      id: `${apiId}-${name}`,
      api_id: apiId,
      name,
      authorizer_type: String(settings['type']).toUpperCase(),
      identity_sources: typeof identitySource === 'string' ? identitySource.split(/\s*,\s*/) : identitySource,
      jwt_configuration: jwtConfiguration,
      authorizer_uri: settings['authorizerUri'],
      authorizer_credentials_arn: settings['authorizerCredentials'],
      authorizer_payload_format_version: typeof version === 'number' ? version.toFixed(1) : version,
      authorizer_result_ttl_in_seconds: settings['authorizerResultTtlInSeconds'],
      enable_simple_responses: settings['enableSimpleResponses'],
    },
  };
}
