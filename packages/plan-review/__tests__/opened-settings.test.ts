/** Warnings about settings that remove a check of callers, or open an endpoint. */
import { changeWarnings } from './support/warnings';

type Row = readonly [type: string, before: object | null, after: object, expected: RegExp];

test.each<Row>([
  [
    'aws_opensearch_domain',
    { advanced_security_options: [{ enabled: true }] },
    { advanced_security_options: [{ enabled: false }] },
    /permissions of users/,
  ],
  [
    'aws_opensearch_domain',
    { advanced_security_options: [{ anonymous_auth_enabled: false }] },
    { advanced_security_options: [{ anonymous_auth_enabled: true }] },
    /without credentials/,
  ],
  ['aws_opensearch_domain', { vpc_options: [{ subnet_ids: ['subnet-1'] }] }, { vpc_options: [] }, /leaves its VPC/],
  [
    'aws_opensearch_domain',
    { domain_endpoint_options: [{ enforce_https: true }] },
    { domain_endpoint_options: [{ enforce_https: false }] },
    /without encryption/,
  ],
  [
    'aws_appsync_graphql_api',
    { additional_authentication_provider: [] },
    {
      additional_authentication_provider: [
        { authentication_type: 'OPENID_CONNECT', openid_connect_config: [{ issuer: 'https://evil.example' }] },
      ],
    },
    /authenticate in another way/,
  ],
  ['aws_elasticache_user_group', { user_ids: ['app'] }, { user_ids: ['app', 'boss'] }, /adds `boss`/],
  ['aws_db_proxy', { require_tls: true }, { require_tls: false }, /without encryption/],
  ['aws_db_proxy', { auth: [{ iam_auth: 'REQUIRED' }] }, { auth: [{ iam_auth: 'DISABLED' }] }, /IAM/],
  [
    'aws_rds_cluster',
    { iam_database_authentication_enabled: true },
    { iam_database_authentication_enabled: false },
    /IAM/,
  ],
  [
    'aws_msk_cluster',
    { encryption_info: [{ encryption_in_transit: [{ client_broker: 'TLS' }] }] },
    { encryption_info: [{ encryption_in_transit: [{ client_broker: 'TLS_PLAINTEXT' }] }] },
    /without encryption/,
  ],
  ['aws_appsync_graphql_api', { visibility: 'PRIVATE' }, { visibility: 'GLOBAL' }, /no longer private/],
  [
    'aws_cloudfront_distribution',
    { restrictions: [{ geo_restriction: [{ restriction_type: 'whitelist' }] }] },
    { restrictions: [{ geo_restriction: [{ restriction_type: 'none' }] }] },
    /all countries/,
  ],
  [
    'aws_apigatewayv2_domain_name',
    { mutual_tls_authentication: [{ truststore_uri: 's3://a/a' }] },
    { mutual_tls_authentication: [{ truststore_uri: 's3://a/b' }] },
    /other client certificates/,
  ],
  ['aws_cognito_identity_pool', { allow_classic_flow: false }, { allow_classic_flow: true }, /enhanced flow/],
  [
    'aws_cognito_identity_pool',
    { supported_login_providers: {} },
    { supported_login_providers: { 'accounts.example': 'a' } },
    /another provider/,
  ],
  [
    'aws_cognito_identity_pool',
    { cognito_identity_providers: [{ client_id: 'a' }] },
    { cognito_identity_providers: [{ client_id: 'a' }, { client_id: 'b' }] },
    /adds `b`/,
  ],
  [
    'aws_cognito_identity_provider',
    { provider_details: { oidc_issuer: 'https://a.example' } },
    { provider_details: { oidc_issuer: 'https://b.example' } },
    /another provider/,
  ],
  [
    'aws_cognito_user_pool_client',
    { allowed_oauth_flows: ['code'] },
    { allowed_oauth_flows: ['code', 'implicit'] },
    /implicit/,
  ],
  [
    'aws_cognito_user_pool_client',
    { explicit_auth_flows: [] },
    { explicit_auth_flows: ['ALLOW_USER_PASSWORD_AUTH'] },
    /ALLOW_USER_PASSWORD_AUTH/,
  ],
  ['aws_cognito_user_pool_client', { generate_secret: true }, { generate_secret: false }, /without a secret/],
  ['aws_transfer_user', { policy: '{}x' }, { policy: '' }, /loses the policy/],
  ['aws_transfer_user', { home_directory: '/a' }, { home_directory: '/' }, /another directory: `home_directory`/],
  ['aws_iot_certificate', { active: false }, { active: true }, /becomes active/],
  [
    'aws_lambda_code_signing_config',
    { policies: [{ untrusted_artifact_on_deployment: 'Enforce' }] },
    { policies: [{ untrusted_artifact_on_deployment: 'Warn' }] },
    /nobody signed/,
  ],
  [
    'aws_lambda_function',
    { code_signing_config_arn: 'arn:aws:lambda:eu-west-1:123456789012:code-signing-config:csc-1' },
    { code_signing_config_arn: '' },
    /nobody signed/,
  ],
  [
    'aws_instance',
    { metadata_options: [{ http_tokens: 'required' }] },
    { metadata_options: [{ http_tokens: 'optional' }] },
    /session/,
  ],
  ['aws_iam_account_password_policy', { require_symbols: true }, { require_symbols: false }, /`require_symbols`/],
  [
    'aws_ec2_transit_gateway',
    { auto_accept_shared_attachments: 'disable' },
    { auto_accept_shared_attachments: 'enable' },
    /accepts every connection/,
  ],
])('warns when a check ends: %s, before %j, after %j', (type, before, after, expected) => {
  expect(changeWarnings(type, before, after)).toContainEqual(expect.stringMatching(expected));
  // The way back has a warning only if another provider, directory or certificate is as dangerous.
  if (!expected.source.includes('other')) {
    expect(changeWarnings(type, after, before)).not.toContainEqual(expect.stringMatching(expected));
  }
});

test.each([
  ['aws_cognito_user_group', null, { name: 'a' }],
  ['aws_cognito_user_group', { name: 'a', role_arn: null }, { name: 'b', role_arn: null }],
  ['aws_db_proxy', { require_tls: false }, { require_tls: true }],
  ['aws_lambda_function', { code_signing_config_arn: null }, { code_signing_config_arn: null, timeout: 3 }],
  ['aws_elasticache_user', { no_password_required: true }, { no_password_required: false }],
  ['aws_elasticache_user_group', null, { user_ids: ['default', 'app'] }],
  ['aws_sqs_queue', { tags: { role: 'a', require_tls: 'true' } }, { tags: { role: 'b' }, tags_all: { role: 'b' } }],
  [
    'aws_lambda_function',
    { environment: [{ variables: { role: 'a' } }] },
    { environment: [{ variables: { role: 'b' } }] },
  ],
])('is quiet about %s, before %j', (type, before, after) => {
  expect(changeWarnings(type, before, after)).toEqual([]);
});
