/** The resource types of REST APIs that the local run simulates. */
import { createHmac, randomBytes } from 'node:crypto';
import type { NotSimulated } from '../../model/not-simulated';
import { blocks, inert, simulated, unsupportedValue } from './attribute-rules';
import { LOGGING, THROTTLE } from './http-api-resource-types';
import type { Attributes } from './resource';
import { arn, generatedId, type ResourceTypes } from './simulated-type';
import { UNKNOWN } from './unknown';

/** Key for generating the values of API keys. It differs in each run. */
const RUN_SECRET = randomBytes(32);

export const REST_API_RESOURCE_TYPES: ResourceTypes = {
  aws_api_gateway_rest_api: {
    attributes: {
      ...simulated('name'),
      api_key_source: ['HEADER', undefined],
      ...simulated('binary_media_types', 'body', 'parameters', 'policy'),
      // The local run serves its own URLs, and compresses nothing.
      ...inert('disable_execute_api_endpoint', 'endpoint_configuration', 'minimum_compression_size'),
      ...inert('fail_on_warnings', 'put_rest_api_mode'),
    },
    computed: (_configured, place) => ({
      id: place.id,
      root_resource_id: `${place.id}-root`,
      execution_arn: arn('execute-api', place, place.id),
    }),
    check: importParameters,
  },
  aws_api_gateway_rest_api_policy: {
    attributes: simulated('rest_api_id', 'policy'),
    computed: ({ rest_api_id: id }) => ({ id }),
  },
  aws_api_gateway_resource: {
    attributes: simulated('rest_api_id', 'parent_id', 'path_part'),
    computed: generatedId,
  },
  aws_api_gateway_method: {
    attributes: {
      ...simulated('rest_api_id', 'resource_id', 'http_method', 'authorization', 'api_key_required'),
      ...simulated('request_validator_id', 'request_models', 'authorizer_id', 'authorization_scopes'),
      ...simulated('request_parameters'),
      ...inert('operation_name'),
    },
    computed: generatedId,
  },
  aws_api_gateway_integration: {
    attributes: {
      ...simulated('rest_api_id', 'resource_id', 'http_method', 'uri', 'timeout_milliseconds', 'request_templates'),
      ...simulated('integration_http_method', 'request_parameters', 'credentials'),
      type: ['AWS_PROXY', 'MOCK'],
      content_handling: ['CONVERT_TO_TEXT', undefined],
      connection_type: ['INTERNET', undefined],
      passthrough_behavior: ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER', undefined],
      ...inert('cache_key_parameters', 'cache_namespace', 'tls_config'),
    },
    computed: generatedId,
    check: mappedParameters,
  },
  aws_api_gateway_request_validator: {
    attributes: simulated('rest_api_id', 'name', 'validate_request_body', 'validate_request_parameters'),
    computed: generatedId,
  },
  aws_api_gateway_model: {
    attributes: simulated('rest_api_id', 'name', 'content_type', 'schema'),
    computed: generatedId,
  },
  aws_api_gateway_deployment: {
    // The triggers refer to all methods and integrations, but only decide when to deploy again.
    attributes: {
      ...simulated('rest_api_id', 'stage_name', 'variables'),
      ...inert('triggers', 'stage_description'),
    },
    computed: ({ rest_api_id: api, stage_name: stage = '' }, place) => ({
      id: place.id,
      execution_arn: arn('execute-api', place, `${String(api)}/${String(stage)}`),
      invoke_url: `${place.urls.get(api) ?? UNKNOWN}/${String(stage)}`,
    }),
  },
  aws_api_gateway_stage: {
    attributes: {
      ...simulated('rest_api_id', 'deployment_id', 'stage_name', 'variables'),
      // The cache stores responses only if the method settings enable it.
      ...inert('access_log_settings', 'cache_cluster_enabled', 'cache_cluster_size', 'client_certificate_id'),
      ...inert('documentation_version', 'xray_tracing_enabled'),
    },
    computed: ({ rest_api_id: api, stage_name: stage }, place) => ({
      id: place.id,
      arn: `arn:aws:apigateway:${place.region}::/restapis/${String(api)}/stages/${String(stage)}`,
      execution_arn: arn('execute-api', place, `${String(api)}/${String(stage)}`),
      invoke_url: `${place.urls.get(api) ?? UNKNOWN}/${String(stage)}`,
    }),
  },
  aws_api_gateway_method_settings: {
    attributes: {
      ...simulated('rest_api_id', 'stage_name', 'method_path'),
      settings: {
        ...THROTTLE,
        ...LOGGING,
        caching_enabled: [false, undefined],
        ...inert('cache_data_encrypted', 'cache_ttl_in_seconds', 'require_authorization_for_cache_control'),
        ...inert('unauthorized_cache_control_header_strategy'),
      },
    },
    computed: generatedId,
  },
  aws_api_gateway_api_key: {
    attributes: { ...simulated('name', 'value'), enabled: [true, undefined], ...inert('customer_id') },
    // AWS generates 40 characters. The value is a secret: it differs between runs, and stays the same during a run.
    computed: ({ value }, { id }) => ({
      id,
      value: value ?? createHmac('sha256', RUN_SECRET).update(id).digest('base64url').slice(0, 40),
    }),
  },
  aws_api_gateway_usage_plan: {
    attributes: {
      ...simulated('name'),
      api_stages: blocks({
        ...simulated('api_id', 'stage'),
        throttle: blocks(simulated('path', 'rate_limit', 'burst_limit')),
      }),
      throttle_settings: simulated('rate_limit', 'burst_limit'),
      quota_settings: simulated('limit', 'period', 'offset'),
      ...inert('product_code'),
    },
    computed: generatedId,
  },
  aws_api_gateway_usage_plan_key: {
    attributes: simulated('key_id', 'key_type', 'usage_plan_id'),
    computed: ({ key_id: id }) => ({ id }),
  },
};

/**
 * Parameters that change a proxied request. API Gateway passes the whole request to a function, whatever path parameters are
 * mapped; a MOCK integration has no request.
 */
function mappedParameters(address: string, { type, request_parameters: parameters }: Attributes): NotSimulated[] {
  const names = Object.keys(parameters ?? {});
  const found = names.filter((name) => type !== 'MOCK' && !name.startsWith('integration.request.path.'));
  if (found.length === 0) return [];
  const supported = 'integration.request.path, which changes nothing for a function';
  return [{ address, attribute: 'request_parameters', found: found.join(', '), supported }];
}

/** Parameters of an import. The base path of a document has no effect unless a parameter says so. */
function importParameters(address: string, { parameters }: Attributes): NotSimulated[] {
  const { basepath = 'ignore' } = (parameters ?? {}) as Attributes;
  return basepath === 'ignore' ? [] : [unsupportedValue(address, 'parameters.basepath', basepath, ['ignore'])];
}
