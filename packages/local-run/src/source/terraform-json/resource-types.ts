/** The resource types and data sources that the local run simulates: their attributes, and the attributes that AWS computes. */
import { createHmac, randomBytes } from 'node:crypto';
import { blocks, inert, simulated } from './attribute-rules';
import { CALLER_RESOURCE_TYPES } from './caller-resource-types';
import { DATA_SOURCE_TYPES } from './data-source-types';
import { FUNCTION_RESOURCE_TYPES } from './function-resource-types';
import { OBJECT_RESOURCE_TYPES } from './object-resource-types';
import { ROLE_RESOURCE_TYPES } from './role-resource-types';
import { arn, generatedId, type ResourceTypes } from './simulated-type';
import { TABLE_RESOURCE_TYPES } from './table-resource-types';
import { UNKNOWN } from './unknown';

/** Key for generating the values of API keys. It differs in each run. */
const RUN_SECRET = randomBytes(32);

const THROTTLE = simulated('throttling_rate_limit', 'throttling_burst_limit');

/** Settings of logs and metrics, which do not change a response. */
const LOGGING = inert('data_trace_enabled', 'detailed_metrics_enabled', 'logging_level', 'metrics_enabled');

export const RESOURCE_TYPES: ResourceTypes = {
  ...DATA_SOURCE_TYPES,
  ...TABLE_RESOURCE_TYPES,
  ...ROLE_RESOURCE_TYPES,
  ...FUNCTION_RESOURCE_TYPES,
  ...CALLER_RESOURCE_TYPES,
  ...OBJECT_RESOURCE_TYPES,

  aws_apigatewayv2_api: {
    attributes: {
      ...simulated('name'),
      protocol_type: ['HTTP'],
      ...inert('disable_execute_api_endpoint', 'fail_on_warnings', 'ip_address_type', 'version'),
      ...inert('api_key_selection_expression', 'route_selection_expression'),
      cors_configuration: {
        ...simulated(
          'allow_credentials',
          'allow_headers',
          'allow_methods',
          'allow_origins',
          'expose_headers',
          'max_age',
        ),
      },
    },
    computed: (_configured, place) => ({
      id: place.id,
      api_endpoint: place.urls.get(place.id),
      arn: `arn:aws:apigateway:${place.region}::/apis/${place.id}`,
      execution_arn: arn('execute-api', place, place.id),
    }),
  },
  aws_apigatewayv2_integration: {
    attributes: {
      ...simulated('api_id', 'integration_uri', 'timeout_milliseconds'),
      integration_type: ['AWS_PROXY'],
      payload_format_version: ['2.0'],
      connection_type: ['INTERNET', undefined],
      ...inert('integration_method', 'passthrough_behavior'),
    },
    computed: generatedId,
  },
  aws_apigatewayv2_route: {
    attributes: {
      ...simulated('api_id', 'route_key', 'target', 'authorization_type', 'authorizer_id', 'authorization_scopes'),
      api_key_required: [false, undefined],
      ...inert('operation_name'),
    },
    computed: generatedId,
  },
  aws_apigatewayv2_authorizer: {
    attributes: {
      ...simulated(
        'api_id',
        'name',
        'authorizer_type',
        'identity_sources',
        'authorizer_uri',
        'enable_simple_responses',
      ),
      ...simulated('authorizer_payload_format_version', 'authorizer_result_ttl_in_seconds'),
      jwt_configuration: simulated('audience', 'issuer'),
    },
    computed: generatedId,
  },
  aws_apigatewayv2_stage: {
    attributes: {
      ...simulated('api_id', 'name'),
      auto_deploy: [true],
      route_settings: blocks({ ...simulated('route_key'), ...THROTTLE, ...LOGGING }),
      default_route_settings: { ...THROTTLE, ...LOGGING },
      ...inert('access_log_settings', 'client_certificate_id', 'deployment_id'),
    },
    computed: ({ api_id: api, name }, { urls }) => ({
      id: name,
      invoke_url: `${urls.get(api) ?? UNKNOWN}/${name === '$default' ? '' : String(name)}`,
    }),
  },

  aws_api_gateway_rest_api: {
    attributes: {
      ...simulated('name'),
      api_key_source: ['HEADER', undefined],
      ...inert('disable_execute_api_endpoint', 'endpoint_configuration', 'fail_on_warnings', 'put_rest_api_mode'),
    },
    computed: (_configured, place) => ({
      id: place.id,
      root_resource_id: `${place.id}-root`,
      execution_arn: arn('execute-api', place, place.id),
    }),
  },
  aws_api_gateway_resource: {
    attributes: simulated('rest_api_id', 'parent_id', 'path_part'),
    computed: generatedId,
  },
  aws_api_gateway_method: {
    attributes: {
      ...simulated('rest_api_id', 'resource_id', 'http_method', 'authorization', 'api_key_required'),
      ...simulated('request_validator_id', 'request_models', 'authorizer_id', 'authorization_scopes'),
      // Without a validator of the parameters, this declaration changes no response.
      ...inert('operation_name', 'request_parameters'),
    },
    computed: generatedId,
  },
  aws_api_gateway_integration: {
    attributes: {
      ...simulated('rest_api_id', 'resource_id', 'http_method', 'uri', 'timeout_milliseconds', 'request_templates'),
      type: ['AWS_PROXY', 'MOCK'],
      integration_http_method: ['POST', undefined],
      connection_type: ['INTERNET', undefined],
      passthrough_behavior: ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER', undefined],
      ...inert('cache_key_parameters', 'cache_namespace'),
    },
    computed: generatedId,
  },
  aws_api_gateway_request_validator: {
    attributes: {
      ...simulated('rest_api_id', 'name', 'validate_request_body'),
      validate_request_parameters: [false, undefined],
    },
    computed: generatedId,
  },
  aws_api_gateway_model: {
    attributes: simulated('rest_api_id', 'name', 'content_type', 'schema'),
    computed: generatedId,
  },
  aws_api_gateway_deployment: {
    // The triggers refer to all methods and integrations, but only decide when to deploy again.
    attributes: { ...simulated('rest_api_id'), ...inert('triggers', 'stage_description') },
    computed: generatedId,
  },
  aws_api_gateway_stage: {
    attributes: {
      ...simulated('rest_api_id', 'deployment_id', 'stage_name'),
      // The cache stores responses only if the method settings enable it.
      ...inert('access_log_settings', 'cache_cluster_enabled', 'cache_cluster_size', 'client_certificate_id'),
      ...inert('documentation_version', 'xray_tracing_enabled'),
    },
    computed: ({ rest_api_id: api, stage_name: stage }, { id, urls }) => ({
      id,
      invoke_url: `${urls.get(api) ?? UNKNOWN}/${String(stage)}`,
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
      api_stages: blocks(simulated('api_id', 'stage')),
      throttle_settings: simulated('rate_limit', 'burst_limit'),
      quota_settings: { ...simulated('limit', 'period'), offset: [0, undefined] },
      ...inert('product_code'),
    },
    computed: generatedId,
  },
  aws_api_gateway_usage_plan_key: {
    attributes: simulated('key_id', 'key_type', 'usage_plan_id'),
    computed: ({ key_id: id }) => ({ id }),
  },
};
