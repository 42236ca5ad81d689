/** Resource types that the local run leaves out without a 501, and the line that lists them. */

/** Resource types by the name that the line uses. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  alarm: ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'],
  dashboard: ['aws_cloudwatch_dashboard'],
  topic: ['aws_sns_topic'],
  'topic policy': ['aws_sns_topic_policy'],
  subscription: ['aws_sns_topic_subscription'],
  'anomaly monitor': ['aws_ce_anomaly_monitor', 'aws_ce_anomaly_subscription'],
  'KMS key': ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key'],
  'KMS alias': ['aws_kms_alias'],
  'KMS permission': ['aws_kms_key_policy', 'aws_kms_grant'],
  'log filter': ['aws_cloudwatch_log_metric_filter', 'aws_cloudwatch_log_subscription_filter'],
  'log setting': [
    ...['aws_cloudwatch_log_account_policy', 'aws_cloudwatch_log_anomaly_detector', 'aws_cloudwatch_log_stream'],
    ...['aws_cloudwatch_log_data_protection_policy', 'aws_cloudwatch_log_resource_policy'],
    ...['aws_cloudwatch_query_definition'],
  ],
  'X-Ray setting': ['aws_xray_encryption_config', 'aws_xray_group', 'aws_xray_sampling_rule'],
  'event rule': ['aws_cloudwatch_event_rule'],
  schedule: ['aws_scheduler_schedule'],
  'schedule group': ['aws_scheduler_schedule_group'],
  'scaling policy': ['aws_appautoscaling_policy', 'aws_appautoscaling_target', 'aws_appautoscaling_scheduled_action'],
  'Cognito resource': [
    ...['aws_cognito_resource_server', 'aws_cognito_user', 'aws_cognito_user_group', 'aws_cognito_user_in_group'],
    ...['aws_cognito_user_pool_domain', 'aws_cognito_user_pool_ui_customization', 'aws_cognito_identity_provider'],
  ],
  'async setting': ['aws_lambda_function_event_invoke_config'],
  'function setting': [
    ...['aws_lambda_code_signing_config', 'aws_lambda_function_recursion_config', 'aws_signer_signing_profile'],
    ...['aws_lambda_runtime_management_config', 'aws_lambda_provisioned_concurrency_config'],
  ],
  'event source mapping': ['aws_lambda_event_source_mapping'],
  'web ACL': ['aws_wafv2_web_acl', 'aws_wafv2_ip_set', 'aws_wafv2_regex_pattern_set', 'aws_wafv2_rule_group'],
  'WAF association': ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'],
  'WAF log': ['aws_wafv2_web_acl_logging_configuration'],
  domain: ['aws_apigatewayv2_domain_name', 'aws_api_gateway_domain_name'],
  'domain mapping': ['aws_apigatewayv2_api_mapping', 'aws_api_gateway_base_path_mapping'],
  certificate: ['aws_acm_certificate', 'aws_acm_certificate_validation', 'aws_api_gateway_client_certificate'],
  'DNS record': ['aws_route53_record'],
  'DNS zone': ['aws_route53_zone'],
  'table setting': [
    ...['aws_dynamodb_contributor_insights', 'aws_dynamodb_kinesis_streaming_destination', 'aws_dynamodb_tag'],
    ...['aws_dynamodb_global_table', 'aws_dynamodb_table_replica'],
  ],
  'account setting': ['aws_api_gateway_account', 'aws_lambda_account_setting'],
  'API document': ['aws_api_gateway_documentation_part', 'aws_api_gateway_documentation_version'],
  'identity provider': ['aws_iam_openid_connect_provider'],
};

/** Services whose resources never decide about a response: the kinds of all other types that start with these texts. */
const FAMILIES: Readonly<Record<string, string>> = {
  aws_backup_: 'backup resource',
  aws_budgets_: 'budget',
  aws_cloudwatch_event_: 'event setting',
  aws_cloudwatch_: 'CloudWatch setting',
  aws_codedeploy_: 'CodeDeploy resource',
  aws_kms_: 'KMS setting',
  aws_route53_: 'DNS setting',
  aws_sns_: 'topic setting',
};

const KIND_OF_TYPE = new Map(Object.entries(KINDS).flatMap(([kind, types]) => types.map((type) => [type, kind])));

/** What the simulation leaves out, where a name alone could mislead. */
const NOTES: Readonly<Record<string, string>> = {
  domain: ' (use the printed URL)',
  'event rule': ' (no invocations)',
  'event source mapping': ' (no invocations)',
  schedule: ' (no invocations)',
  'WAF association': ' (requests are not filtered)',
};

export function isInertType(type: string): boolean {
  return kindOf(type) !== undefined;
}

function kindOf(type: string): string | undefined {
  const known = KIND_OF_TYPE.get(type);
  if (known !== undefined) return known;
  return Object.entries(FAMILIES).find(([start]) => type.startsWith(start))?.[1];
}

/**
 * @param types the type of each resource, and `check` or `module` for other blocks
 * @returns a phrase for each kind: `6 alarms`, `1 aws_sqs_queue`
 */
export function kindsOf(types: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const type of types) {
    const kind = kindOf(type) ?? type;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}${NOTES[kind] ?? ''}`);
}

function plural(kind: string): string {
  // A type of the provider, such as aws_sqs_queue.
  if (kind.includes('_')) return kind;
  if (/(s|x|ch)$/.test(kind)) return `${kind}es`;
  return kind.endsWith('y') && !kind.endsWith('ay') && !kind.endsWith('ey') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
