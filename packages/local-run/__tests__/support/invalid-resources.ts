/** Resources that the AWS provider refuses, one for each of its rules, and valid resources that are close to them. */

export interface InvalidResource {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether the provider's error quotes Go's JSON parser. The stand-in quotes the parser of Node.js. */
  readonly hasOtherWords?: boolean;
}

type Config = InvalidResource['config'];

const ROLE = 'arn:aws:iam::000000000000:role/a';

/** A valid configuration of each type. */
const VALID: Readonly<Record<string, Config>> = {
  aws_lambda_function: { function_name: 'a', role: ROLE, handler: 'index.a', runtime: 'nodejs22.x', filename: 'a.zip' },
  aws_lambda_permission: { action: 'lambda:InvokeFunction', function_name: 'a', principal: 's3.amazonaws.com' },
  aws_lambda_function_url: { function_name: 'a', authorization_type: 'NONE' },
  aws_lambda_layer_version: { layer_name: 'a', filename: 'a.zip' },
  aws_dynamodb_table: {
    ...{ name: 'pets', billing_mode: 'PAY_PER_REQUEST', hash_key: 'id' },
    attribute: [{ name: 'id', type: 'S' }],
  },
  aws_apigatewayv2_api: { name: 'a', protocol_type: 'HTTP' },
  aws_apigatewayv2_route: { api_id: 'a', route_key: 'GET /' },
  aws_apigatewayv2_integration: { api_id: 'a', integration_type: 'AWS_PROXY' },
  aws_apigatewayv2_stage: { api_id: 'a', name: '$default' },
  aws_apigatewayv2_authorizer: { api_id: 'a', name: 'a', authorizer_type: 'JWT' },
  aws_api_gateway_rest_api: { name: 'a' },
  aws_api_gateway_method: { rest_api_id: 'a', resource_id: 'b', http_method: 'GET', authorization: 'NONE' },
  aws_api_gateway_method_response: { rest_api_id: 'a', resource_id: 'b', http_method: 'GET', status_code: '200' },
  aws_api_gateway_integration: { rest_api_id: 'a', resource_id: 'b', http_method: 'GET', type: 'MOCK' },
  aws_api_gateway_integration_response: { rest_api_id: 'a', resource_id: 'b', http_method: 'GET', status_code: '200' },
  aws_api_gateway_authorizer: { rest_api_id: 'a', name: 'a', authorizer_uri: 'arn:aws:apigateway:x' },
  aws_api_gateway_stage: { rest_api_id: 'a', stage_name: 'a', deployment_id: 'd' },
  aws_api_gateway_model: { rest_api_id: 'a', name: 'a', content_type: 'application/json', schema: '{}' },
  aws_api_gateway_usage_plan: { name: 'a' },
  aws_api_gateway_api_key: { name: 'a' },
  aws_api_gateway_rest_api_policy: { rest_api_id: 'a', policy: '{}' },
  aws_iam_role: { name: 'a', assume_role_policy: '{}' },
  aws_iam_policy: { name: 'a', policy: '{}' },
  aws_iam_role_policy: { name: 'a', role: 'a', policy: '{}' },
  aws_iam_role_policy_attachment: { role: 'a', policy_arn: ROLE },
};

/** Attributes that a test sets in a valid configuration. Null removes an attribute. */
const INVALID: readonly (readonly [type: string, changes: Config, words?: 'other words'])[] = [
  ['aws_lambda_function', { memory_size: 64, timeout: 1000, reserved_concurrent_executions: -2 }],
  ['aws_lambda_function', { function_name: 'a b', role: 'hello', runtime: 'nodejs99.x' }],
  ['aws_lambda_function', { function_name: '' }],
  ['aws_lambda_function', { handler: 'h'.repeat(129) }],
  ['aws_lambda_function', { filename: null }],
  ['aws_lambda_function', { image_uri: 'a' }],
  ['aws_lambda_function', { runtime: null }],
  ['aws_lambda_function', { handler: null }],
  ['aws_lambda_function', { package_type: 'zip', architectures: ['x86'], kms_key_arn: 'x', layers: [ROLE, 'foo'] }],
  ['aws_lambda_function', { ephemeral_storage: [{ size: 100 }], tracing_config: [{ mode: 'On' }] }],
  ['aws_lambda_function', { logging_config: [{ log_format: 'Plain', application_log_level: 'info' }] }],
  ['aws_lambda_function', { dead_letter_config: [{ target_arn: 'x' }], snap_start: [{ apply_on: 'x' }] }],
  ['aws_lambda_function', { file_system_config: [{ arn: 'a', local_mount_path: '/x' }] }],
  ['aws_lambda_permission', { action: 'invoke', function_name: 'a b', qualifier: 'a b', statement_id: 'a b' }],
  ['aws_lambda_permission', { source_account: '12', source_arn: 'x' }],
  ['aws_lambda_function_url', { authorization_type: 'IAM', invoke_mode: 'X' }],
  ['aws_lambda_layer_version', { compatible_runtimes: ['nodejs1'], compatible_architectures: ['x86'] }],
  ['aws_dynamodb_table', { billing_mode: 'ON_DEMAND', table_class: 'CHEAP', stream_view_type: 'X' }],
  ['aws_dynamodb_table', { attribute: [{ name: 'id', type: 'X' }] }],
  ['aws_dynamodb_table', { global_secondary_index: [{ name: 'g', hash_key: 'id', projection_type: 'SOME' }] }],
  ['aws_dynamodb_table', { local_secondary_index: [{ name: 'l', range_key: 'id', projection_type: 'SOME' }] }],
  ['aws_dynamodb_table', { attribute: ['id', 'other'].map((name) => ({ name, type: 'S' })) }],
  ['aws_dynamodb_table', { attribute: [] }],
  ['aws_dynamodb_table', { range_key: 'sk' }],
  ['aws_dynamodb_table', { global_secondary_index: [{ name: 'g', hash_key: 'x', projection_type: 'ALL' }] }],
  ['aws_dynamodb_table', { billing_mode: null }],
  ['aws_dynamodb_table', { billing_mode: 'PROVISIONED', read_capacity: 0, write_capacity: 1 }],
  ['aws_dynamodb_table', { read_capacity: 5, write_capacity: 5 }],
  ['aws_dynamodb_table', { stream_enabled: true }],
  ['aws_apigatewayv2_api', { name: '', protocol_type: 'REST' }],
  ['aws_apigatewayv2_api', { ip_address_type: 'ipv5', api_key_selection_expression: 'x' }],
  ['aws_apigatewayv2_route', { authorization_type: 'IAM' }],
  ['aws_apigatewayv2_integration', { integration_type: 'LAMBDA', payload_format_version: '3.0', connection_type: 'X' }],
  ['aws_apigatewayv2_integration', { integration_method: 'get', passthrough_behavior: 'X' }],
  ['aws_apigatewayv2_integration', { content_handling_strategy: 'X' }],
  ['aws_apigatewayv2_stage', { name: '', default_route_settings: [{ logging_level: 'X' }] }],
  ['aws_apigatewayv2_authorizer', { name: '', authorizer_type: 'X', authorizer_result_ttl_in_seconds: 4000 }],
  ['aws_apigatewayv2_authorizer', { authorizer_payload_format_version: '3.0' }],
  [
    'aws_api_gateway_rest_api',
    { api_key_source: 'X', endpoint_configuration: [{ types: ['X'] }], policy: '{' },
    'other words',
  ],
  ['aws_api_gateway_method', { http_method: 'get' }],
  ['aws_api_gateway_method_response', { http_method: 'get' }],
  ['aws_api_gateway_integration', { http_method: 'get', type: 'X', connection_type: 'X', timeout_milliseconds: 10 }],
  ['aws_api_gateway_integration', { integration_http_method: 'x', passthrough_behavior: 'X', content_handling: 'X' }],
  ['aws_api_gateway_integration_response', { http_method: 'get', content_handling: 'X' }],
  ['aws_api_gateway_authorizer', { type: 'X', authorizer_result_ttl_in_seconds: 4000 }],
  ['aws_api_gateway_authorizer', { authorizer_uri: null }],
  ['aws_api_gateway_authorizer', { type: 'REQUEST', authorizer_uri: null }],
  ['aws_api_gateway_authorizer', { type: 'COGNITO_USER_POOLS' }],
  ['aws_api_gateway_stage', { cache_cluster_size: '1' }],
  ['aws_api_gateway_model', { schema: '{' }, 'other words'],
  ['aws_api_gateway_usage_plan', { quota_settings: [{ limit: 1, period: 'YEAR' }] }],
  ['aws_api_gateway_api_key', { value: 'short' }],
  ['aws_api_gateway_rest_api_policy', { policy: '[' }, 'other words'],
  ['aws_iam_role', { name: 'a b', max_session_duration: 10, permissions_boundary: 'x' }],
  ['aws_iam_role', { assume_role_policy: 'x' }],
  ['aws_iam_role', { inline_policy: [{ name: 'a b', policy: '[]' }] }],
  ['aws_iam_policy', { name: 'a b', policy: '' }],
  ['aws_iam_policy', { policy: '"{}"' }],
  ['aws_iam_role_policy', { name: 'a b', policy: '[]' }],
  ['aws_iam_role_policy', { policy: '{"Statement":[],}' }, 'other words'],
  ['aws_iam_role_policy', { policy: '{"Statement":' }, 'other words'],
  ['aws_iam_role_policy_attachment', { policy_arn: 'x' }],
];

export const INVALID_RESOURCES: readonly InvalidResource[] = INVALID.map(([type, changes, words]) => ({
  type,
  config: { ...VALID[type], ...changes },
  hasOtherWords: words !== undefined,
}));

/** Resources that the provider accepts. */
export const VALID_RESOURCES: readonly InvalidResource[] = [
  ...Object.entries(VALID).map(([type, config]) => ({ type, config })),
  ...[
    { function_name: 'arn:aws:lambda:us-east-1:000000000000:function:a', kms_key_arn: '' },
    { function_name: '000000000000:function:a:$LATEST', memory_size: 10_240, timeout: 900 },
    { package_type: 'Image', filename: null, image_uri: 'a', handler: null, runtime: null },
  ].map((changes) => ({ type: 'aws_lambda_function', config: { ...VALID['aws_lambda_function'], ...changes } })),
  ...[
    { billing_mode: 'PROVISIONED', read_capacity: 1, write_capacity: 1 },
    { stream_enabled: false, stream_view_type: '' },
    { read_capacity: 0, write_capacity: 0 },
  ].map((changes) => ({ type: 'aws_dynamodb_table', config: { ...VALID['aws_dynamodb_table'], ...changes } })),
  { type: 'aws_iam_role_policy', config: { ...VALID['aws_iam_role_policy'], policy: ' {}\n' } },
  { type: 'aws_api_gateway_rest_api', config: { name: '', policy: '' } },
];
