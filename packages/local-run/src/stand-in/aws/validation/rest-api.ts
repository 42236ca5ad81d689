/** Validates the resources of REST APIs: `aws_api_gateway_*`. */
import { between, json, lengthBetween, oneOf, type Validator } from '../../provider/checks';
import { isMissing } from '../../provider/computed';
import type { Values } from '../../provider/provider';
import { text } from '../../provider/text';
import { HTTP_METHODS } from './http-methods';
import { isKnown } from './known';

const METHOD = { http_method: oneOf(HTTP_METHODS) };
const CONTENT_HANDLING = { content_handling: oneOf(['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']) };

export const REST_API_VALIDATORS: Readonly<Record<string, Validator>> = {
  aws_api_gateway_rest_api: {
    rules: {
      api_key_source: oneOf(['HEADER', 'AUTHORIZER']),
      endpoint_configuration: { types: oneOf(['REGIONAL', 'EDGE', 'PRIVATE']) },
      policy: (value, attribute) => (value === '' ? undefined : json(value, attribute)),
    },
  },
  aws_api_gateway_method: { rules: METHOD },
  aws_api_gateway_method_response: { rules: METHOD },
  aws_api_gateway_integration: {
    rules: {
      ...METHOD,
      ...CONTENT_HANDLING,
      type: oneOf(['HTTP', 'AWS', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY']),
      integration_http_method: oneOf(HTTP_METHODS),
      connection_type: oneOf(['INTERNET', 'VPC_LINK']),
      passthrough_behavior: oneOf(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']),
      timeout_milliseconds: between(50, 300_000),
    },
  },
  aws_api_gateway_integration_response: { rules: { ...METHOD, ...CONTENT_HANDLING } },
  aws_api_gateway_authorizer: {
    rules: {
      type: oneOf(['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS']),
      authorizer_result_ttl_in_seconds: between(0, 3600),
    },
    checkAll: authorizerFaults,
  },
  aws_api_gateway_stage: {
    rules: { cache_cluster_size: oneOf(['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237']) },
  },
  aws_api_gateway_model: { rules: { schema: json } },
  aws_api_gateway_usage_plan: { rules: { quota_settings: { period: oneOf(['DAY', 'WEEK', 'MONTH']) } } },
  aws_api_gateway_api_key: { rules: { value: lengthBetween(20, 128) } },
  aws_api_gateway_rest_api_policy: { rules: { policy: json } },
};

function authorizerFaults({ type, authorizer_uri: uri, provider_arns: pools }: Values): string[] {
  if (!isKnown(type) || !isKnown(uri) || !isKnown(pools)) return [];
  if (type === 'COGNITO_USER_POOLS')
    return isEmpty(pools) ? ['provider_arns must be set non-empty when authorizer type is COGNITO_USER_POOLS'] : [];
  return isEmpty(uri) ? [`authorizer_uri must be set non-empty when authorizer type is ${text(type, 'TOKEN')}`] : [];
}

function isEmpty(value: unknown): boolean {
  return isMissing(value) || value === '' || (Array.isArray(value) && value.length === 0);
}
