/** The resource types that the local run supports: their attributes, and the attributes that AWS computes. */
import { createHmac, randomBytes } from 'node:crypto';
import { policyDocument } from './policy-document';
import type { Attributes } from './resource';

interface Place {
  /** An id in the format that API Gateway generates. */
  readonly id: string;
  readonly region: string;
  readonly account: string;
}

/**
 * Attributes by name. `true` allows any value; `unused` does, too, and the value is not evaluated. An object describes a block
 * with these attributes.
 */
export interface SupportedAttributes {
  readonly [attribute: string]: true | 'unused' | SupportedAttributes;
}

interface ResourceType {
  /** Attributes that the local run uses, and attributes that have no effect on one machine. */
  readonly attributes: SupportedAttributes;
  /** The attributes that AWS adds when it creates the resource. */
  readonly computed?: (configured: Attributes, place: Place) => Attributes;
}

/** Key for generating the values of API keys. It differs in each run. */
const RUN_SECRET = randomBytes(32);

const any = (...names: readonly string[]): SupportedAttributes => Object.fromEntries(names.map((name) => [name, true]));

const arn = (service: string, { region, account }: Place, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

const generatedId = (_configured: Attributes, { id }: Place) => ({ id });

const ACCESS_LOGS = { access_log_settings: any('destination_arn', 'format') };

export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'data.aws_iam_policy_document': {
    attributes: any('statement', 'version'),
    computed: (configured) => ({ json: policyDocument(configured) }),
  },
  aws_dynamodb_table: {
    attributes: {
      ...any('name', 'hash_key', 'range_key', 'attribute', 'billing_mode', 'deletion_protection_enabled'),
      // Several blocks; readTable checks their attributes.
      ...any('global_secondary_index'),
      ttl: any('attribute_name', 'enabled'),
      point_in_time_recovery: any('enabled'),
      server_side_encryption: any('enabled'),
    },
    computed: ({ name }, place) => ({ id: name, arn: arn('dynamodb', place, `table/${String(name)}`) }),
  },
  aws_iam_role: {
    // The boundary is a policy of another stack, so the run cannot evaluate it.
    attributes: { ...any('name', 'assume_role_policy'), permissions_boundary: 'unused' },
    computed: ({ name }, { account }) => ({ id: name, arn: `arn:aws:iam::${account}:role/${String(name)}` }),
  },
  aws_iam_role_policy: {
    attributes: any('name', 'role', 'policy'),
    computed: ({ role, name }) => ({ id: `${String(role)}:${String(name)}` }),
  },
  aws_cloudwatch_log_group: {
    attributes: any('name', 'retention_in_days'),
    computed: ({ name }, place) => ({ id: name, arn: arn('logs', place, `log-group:${String(name)}`) }),
  },
  aws_lambda_function: {
    attributes: {
      ...any('function_name', 'role', 'runtime', 'architectures', 'handler', 'filename'),
      // Any text that changes with the archive, such as CDKTF's `assetHash`. The run hashes the archive itself.
      source_code_hash: 'unused',
      ...any('memory_size', 'timeout', 'reserved_concurrent_executions'),
      environment: any('variables'),
      logging_config: any('log_format', 'log_group', 'application_log_level', 'system_log_level'),
    },
    computed: ({ function_name: name }, place) => {
      const functionArn = arn('lambda', place, `function:${String(name)}`);
      const path = `path/2015-03-31/functions/${functionArn}/invocations`;
      return { id: name, arn: functionArn, invoke_arn: `arn:aws:apigateway:${place.region}:lambda:${path}` };
    },
  },
  aws_lambda_permission: {
    attributes: any('statement_id', 'action', 'function_name', 'principal', 'source_arn'),
    computed: ({ statement_id: id }) => ({ id }),
  },

  aws_apigatewayv2_api: {
    attributes: {
      ...any('name', 'protocol_type'),
      cors_configuration: {
        ...any('allow_credentials', 'allow_headers', 'allow_methods', 'allow_origins', 'expose_headers', 'max_age'),
      },
    },
    // The run adds `api_endpoint`, its URL.
    computed: (_configured, place) => ({
      id: place.id,
      arn: `arn:aws:apigateway:${place.region}::/apis/${place.id}`,
      execution_arn: arn('execute-api', place, place.id),
    }),
  },
  aws_apigatewayv2_integration: {
    attributes: any('api_id', 'integration_type', 'integration_uri', 'payload_format_version', 'timeout_milliseconds'),
    computed: generatedId,
  },
  aws_apigatewayv2_route: {
    attributes: any('api_id', 'route_key', 'target', 'authorization_type', 'authorizer_id', 'authorization_scopes'),
    computed: generatedId,
  },
  aws_apigatewayv2_authorizer: {
    attributes: {
      ...any('api_id', 'name', 'authorizer_type', 'identity_sources'),
      jwt_configuration: any('audience', 'issuer'),
    },
    computed: generatedId,
  },
  aws_apigatewayv2_stage: {
    attributes: {
      // `route_settings` has one block for each route; readHttpApi checks their attributes.
      ...any('api_id', 'name', 'auto_deploy', 'route_settings'),
      default_route_settings: any('throttling_rate_limit', 'throttling_burst_limit'),
      ...ACCESS_LOGS,
    },
    // The run adds `invoke_url`, its URL.
    computed: ({ name }) => ({ id: name }),
  },

  aws_api_gateway_rest_api: {
    attributes: { ...any('name'), endpoint_configuration: any('types') },
    computed: (_configured, place) => ({
      id: place.id,
      root_resource_id: `${place.id}-root`,
      execution_arn: arn('execute-api', place, place.id),
    }),
  },
  aws_api_gateway_resource: {
    attributes: any('rest_api_id', 'parent_id', 'path_part'),
    computed: generatedId,
  },
  aws_api_gateway_method: {
    attributes: {
      ...any('rest_api_id', 'resource_id', 'http_method', 'authorization', 'api_key_required'),
      ...any('request_validator_id', 'request_models'),
    },
    computed: generatedId,
  },
  aws_api_gateway_integration: {
    attributes: {
      ...any('rest_api_id', 'resource_id', 'http_method', 'type', 'integration_http_method', 'uri'),
      ...any('timeout_milliseconds'),
    },
    computed: generatedId,
  },
  aws_api_gateway_request_validator: {
    attributes: any('rest_api_id', 'name', 'validate_request_body'),
    computed: generatedId,
  },
  aws_api_gateway_model: {
    attributes: any('rest_api_id', 'name', 'content_type', 'schema'),
    computed: generatedId,
  },
  aws_api_gateway_deployment: {
    attributes: any('rest_api_id', 'triggers'),
    computed: generatedId,
  },
  aws_api_gateway_stage: {
    attributes: { ...any('rest_api_id', 'deployment_id', 'stage_name', 'xray_tracing_enabled'), ...ACCESS_LOGS },
    // The run adds `invoke_url`, its URL.
    computed: generatedId,
  },
  aws_api_gateway_method_settings: {
    attributes: {
      ...any('rest_api_id', 'stage_name', 'method_path'),
      settings: any('metrics_enabled', 'throttling_rate_limit', 'throttling_burst_limit'),
    },
    computed: generatedId,
  },
  aws_api_gateway_api_key: {
    attributes: any('name', 'value'),
    // AWS generates 40 characters. The value is a secret: it differs between runs, and stays the same during a run.
    computed: ({ value }, { id }) => ({
      id,
      value: value ?? createHmac('sha256', RUN_SECRET).update(id).digest('base64url').slice(0, 40),
    }),
  },
  aws_api_gateway_usage_plan: {
    attributes: {
      ...any('name', 'api_stages'),
      throttle_settings: any('rate_limit', 'burst_limit'),
      quota_settings: any('limit', 'period'),
    },
    computed: generatedId,
  },
  aws_api_gateway_usage_plan_key: {
    attributes: any('key_id', 'key_type', 'usage_plan_id'),
    computed: ({ key_id: id }) => ({ id }),
  },
};
