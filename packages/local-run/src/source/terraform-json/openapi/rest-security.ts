/** Reads who may call an operation of a REST API: API keys, AWS_IAM and authorizers. */
import type { Attributes } from '../resource';
import type { CreatedResource } from './created-resource';
import type { Fields, Security } from './document';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';

/** The attributes of a method, and its authorizer. */
export interface MethodSecurity {
  readonly attributes: Attributes;
  readonly authorizer?: CreatedResource;
}

/**
 * @param apiId the id of the API
 * @param fields the operation. Its `x-amazon-apigateway-auth` precedes the security schemes
 */
export function restSecurity(apiId: string, fields: Fields, securities: readonly Security[]): MethodSecurity {
  const { type } = (fields['x-amazon-apigateway-auth'] ?? {}) as Fields;
  const apiKey = securities.some(({ scheme }) => isApiKey(scheme));
  const others = securities.filter(({ scheme }) => !isApiKey(scheme));
  const [security] = others;
  const common = { api_key_required: apiKey };
  if (type !== undefined) return { attributes: { ...common, authorization: (type as string).toUpperCase() } };
  if (!security) return { attributes: { ...common, authorization: 'NONE' } };
  const { name, scheme, scopes } = security;
  if (isSigned(scheme)) return { attributes: { ...common, authorization: 'AWS_IAM' } };
  const settings = scheme[AUTHORIZER] as Fields | undefined;
  // The reader refuses a method with an authorization that it does not know, and names the scheme.
  if (!settings) return { attributes: { ...common, authorization: `the security scheme ${name}` } };
  const authorizer = authorizerOf(apiId, name, scheme, settings);
  const isCognito = authorizer.attributes['type'] === 'COGNITO_USER_POOLS';
  return {
    attributes: {
      ...common,
      authorization: isCognito ? 'COGNITO_USER_POOLS' : 'CUSTOM',
      authorizer_id: authorizer.attributes['id'],
      authorization_scopes: scopes.length > 0 ? scopes : undefined,
    },
    authorizer,
  };
}

/** Whether the scheme stands for API keys, which API Gateway reads from the header `x-api-key`. */
function isApiKey(scheme: Fields): boolean {
  return scheme['type'] === 'apiKey' && !isSigned(scheme) && scheme[AUTHORIZER] === undefined;
}

export function isSigned(scheme: Fields): boolean {
  return String(scheme['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4';
}

function authorizerOf(apiId: string, name: string, scheme: Fields, settings: Fields): CreatedResource {
  const type = String(settings['type']).toUpperCase();
  // A token stands in the header that the scheme names.
  const header = type === 'REQUEST' ? undefined : `method.request.header.${String(scheme['name'])}`;
  return {
    type: 'aws_api_gateway_authorizer',
    part: name,
    attributes: {
      id: `${apiId}-${name}`,
      rest_api_id: apiId,
      name,
      type,
      authorizer_uri: settings['authorizerUri'],
      authorizer_credentials: settings['authorizerCredentials'],
      authorizer_result_ttl_in_seconds: settings['authorizerResultTtlInSeconds'],
      identity_source: settings['identitySource'] ?? header,
      identity_validation_expression: settings['identityValidationExpression'],
      provider_arns: settings['providerARNs'],
    },
  };
}
