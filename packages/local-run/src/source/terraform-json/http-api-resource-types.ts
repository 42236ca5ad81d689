/** The resource types of HTTP APIs that the local run simulates. */
import { blocks, inert, simulated } from './attribute-rules';
import { arn, generatedId, type ResourceTypes } from './simulated-type';
import { UNKNOWN } from './unknown';

export const THROTTLE = simulated('throttling_rate_limit', 'throttling_burst_limit');

/** Settings of logs and metrics, which do not change a response. */
export const LOGGING = inert('data_trace_enabled', 'detailed_metrics_enabled', 'logging_level', 'metrics_enabled');

export const HTTP_API_RESOURCE_TYPES: ResourceTypes = {
  aws_apigatewayv2_api: {
    attributes: {
      ...simulated('name', 'target', 'route_key', 'credentials_arn', 'body'),
      protocol_type: ['HTTP'],
      // The local run serves its own URLs, whether AWS serves the default URL or only a domain.
      ...inert('disable_execute_api_endpoint', 'fail_on_warnings', 'ip_address_type', 'version'),
      ...inert('api_key_selection_expression', 'route_selection_expression'),
      cors_configuration: simulated(
        ...['allow_credentials', 'allow_headers', 'allow_methods', 'allow_origins', 'expose_headers', 'max_age'],
      ),
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
      ...simulated('api_id', 'integration_uri', 'timeout_milliseconds', 'credentials_arn', 'request_parameters'),
      response_parameters: blocks(simulated('status_code', 'mappings')),
      integration_type: ['AWS_PROXY'],
      // The provider's default is 1.0.
      payload_format_version: ['2.0', '1.0', undefined],
      connection_type: ['INTERNET', undefined],
      ...inert('integration_method', 'passthrough_behavior', 'tls_config'),
      // Only WebSocket APIs know them.
      ...inert('content_handling_strategy', 'request_templates', 'template_selection_expression'),
    },
    computed: generatedId,
  },
  aws_apigatewayv2_route: {
    attributes: {
      ...simulated('api_id', 'route_key', 'target', 'authorization_type', 'authorizer_id', 'authorization_scopes'),
      ...inert('operation_name'),
      // Only WebSocket APIs know them.
      api_key_required: [false, undefined],
      ...inert(
        'model_selection_expression',
        'request_models',
        'request_parameter',
        'route_response_selection_expression',
      ),
    },
    computed: generatedId,
  },
  aws_apigatewayv2_authorizer: {
    attributes: {
      ...simulated('api_id', 'name', 'authorizer_type', 'identity_sources', 'authorizer_uri'),
      ...simulated('enable_simple_responses', 'authorizer_credentials_arn'),
      ...simulated('authorizer_payload_format_version', 'authorizer_result_ttl_in_seconds'),
      jwt_configuration: simulated('audience', 'issuer'),
    },
    computed: generatedId,
  },
  aws_apigatewayv2_deployment: {
    attributes: { ...simulated('api_id'), ...inert('triggers') },
    computed: generatedId,
  },
  aws_apigatewayv2_stage: {
    attributes: {
      ...simulated('api_id', 'name', 'auto_deploy', 'deployment_id', 'stage_variables'),
      route_settings: blocks({ ...simulated('route_key'), ...THROTTLE, ...LOGGING }),
      default_route_settings: { ...THROTTLE, ...LOGGING },
      ...inert('access_log_settings', 'client_certificate_id'),
    },
    computed: ({ api_id: api, name }, place) => ({
      id: name,
      arn: `arn:aws:apigateway:${place.region}::/apis/${String(api)}/stages/${String(name)}`,
      execution_arn: arn('execute-api', place, `${String(api)}/${String(name)}`),
      invoke_url: `${place.urls.get(api) ?? UNKNOWN}/${name === '$default' ? '' : String(name)}`,
    }),
  },
};
