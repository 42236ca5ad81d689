/** Reads `x-amazon-apigateway-integration` (API Gateway developer guide, "OpenAPI extensions for API Gateway"). */
import { isObject } from '../../../services/is-object';
import type { Attributes } from '../resource';
import type { Fields } from './document';

export const INTEGRATION = 'x-amazon-apigateway-integration';

/** Attributes of aws_api_gateway_integration, by the name of the property. */
const REST_NAMES: Readonly<Record<string, string>> = {
  uri: 'uri',
  httpMethod: 'integration_http_method',
  timeoutInMillis: 'timeout_milliseconds',
  requestTemplates: 'request_templates',
  requestParameters: 'request_parameters',
  credentials: 'credentials',
  connectionId: 'connection_id',
  connectionType: 'connection_type',
  contentHandling: 'content_handling',
  cacheKeyParameters: 'cache_key_parameters',
  cacheNamespace: 'cache_namespace',
  tlsConfig: 'tls_config',
};

/** Attributes of aws_apigatewayv2_integration, by the name of the property. */
const HTTP_NAMES: Readonly<Record<string, string>> = {
  uri: 'integration_uri',
  httpMethod: 'integration_method',
  timeoutInMillis: 'timeout_milliseconds',
  requestParameters: 'request_parameters',
  credentials: 'credentials_arn',
  connectionId: 'connection_id',
  connectionType: 'connection_type',
  integrationSubtype: 'integration_subtype',
  tlsConfig: 'tls_config',
};

const HTTP_OTHERS = ['type', 'payloadFormatVersion', 'passthroughBehavior', 'responses', 'responseParameters'];

export function restIntegration(integration: Fields): Attributes {
  return {
    ...renamed(integration, REST_NAMES, ['type', 'passthroughBehavior', 'responses', 'payloadFormatVersion']),
    type: upper(integration['type']),
    passthrough_behavior: upper(integration['passthroughBehavior']),
    content_handling: upper(integration['contentHandling']),
  };
}

export function httpIntegration(integration: Fields): Attributes {
  const version = integration['payloadFormatVersion'];
  return {
    ...renamed(integration, HTTP_NAMES, HTTP_OTHERS),
    response_parameters: responseParameters(integration),
    integration_type: upper(integration['type']),
    // YAML reads 2.0 without quotes as a number.
    payload_format_version: typeof version === 'number' ? version.toFixed(1) : version,
  };
}

/** Mappings by status code, as blocks of aws_apigatewayv2_integration. */
function responseParameters({ responseParameters: byStatus }: Fields): Attributes[] {
  if (!isObject(byStatus)) return [];
  return Object.entries(byStatus).map(([status_code, mappings]) => ({ status_code, mappings }));
}

/** Responses of a MOCK integration: attributes of aws_api_gateway_integration_response. */
export function integrationResponses({ responses = {} }: Fields): Attributes[] {
  return Object.entries(responses as Readonly<Record<string, Fields>>).map(([pattern, response]) => ({
    status_code: String((response['statusCode'] ?? '200') as string | number),
    selection_pattern: pattern === 'default' ? undefined : pattern,
    response_parameters: response['responseParameters'],
    response_templates: response['responseTemplates'],
    content_handling: upper(response['contentHandling']),
  }));
}

/** The headers that the responses of a status set: attributes of aws_api_gateway_method_response. */
export function methodResponses(responses: readonly Attributes[]): Attributes[] {
  const byStatus = new Map<unknown, string[]>();
  for (const { status_code: status, response_parameters: parameters } of responses) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), ...namesOf(parameters)]);
  }
  return [...byStatus].map(([status, names]) => ({
    status_code: status,
    response_parameters: Object.fromEntries(names.map((name) => [name, false] as const)),
  }));
}

const namesOf = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : []);

/** A property without a name of its own keeps its name, which then has no rule. */
function renamed(fields: Fields, names: Readonly<Record<string, string>>, other: readonly string[]): Attributes {
  const kept = Object.entries(fields).filter(([name]) => !other.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [names[name] ?? name, value]));
}

function upper(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value;
}
