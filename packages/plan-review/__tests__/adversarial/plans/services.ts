/** Settings and shares of many services that let in more callers. */
import { type Attack, type ChangeRow, changeOf, type CreateRow, creationOf, OTHER, OWN } from '../build';

const OUTSIDE = `arn:aws:iam::${OTHER}:role/x`;
const INSIDE = `arn:aws:iam::${OWN}:role/a`;
const search = (permission: string, ...principals: readonly string[]) => ({
  policy: JSON.stringify([{ Rules: [{ Resource: ['index/a/*'], Permission: [permission] }], Principal: principals }]),
});
const cedar = (condition: string) => ({ policy_document: `permit(principal, action, resource)${condition};` });
const INTERNET = '0.0.0.0/0';
const ingress = { ingress: [{ action: 'allow', cidr_block: INTERNET, from_port: 0, to_port: 0, protocol: '-1' }] };
const listener = (...types: readonly string[]) => ({ default_action: types.map((type) => ({ type })) });
const appsync = (...types: readonly string[]) => ({
  authentication_type: 'AWS_IAM',
  additional_authentication_provider: types.map((type) => ({ authentication_type: type })),
});
const behavior = (settings: object) => ({ default_cache_behavior: [settings] });

const CHANGES: readonly ChangeRow[] = [
  [
    'a principal and all permissions on indexes',
    'aws_opensearchserverless_access_policy',
    search('aoss:ReadDocument', INSIDE),
    search('aoss:*', INSIDE, OUTSIDE),
    /444455556666.*Principal/s,
  ],
  [
    'indexes for the internet',
    'aws_opensearchserverless_security_policy',
    { policy: JSON.stringify([{ AllowFromPublic: false }]) },
    { policy: JSON.stringify([{ AllowFromPublic: true }]) },
    /whole internet/,
  ],
  ['a Cedar policy without its condition', 'aws_verifiedaccess_group', cedar(' when { a == b }'), cedar(''), /Cedar/],
  [
    'a role in a template of YAML',
    'aws_cloudformation_stack',
    { template_body: 'Resources: {}\n' },
    { template_body: 'Resources:\n  Boss:\n    Type: AWS::IAM::Role\n' },
    /template/,
  ],
  [
    'another template at a URL',
    'aws_cloudformation_stack',
    { template_url: 'https://a.example/t' },
    { template_url: 'https://evil.example/t' },
    /evil\.example/,
  ],
  [
    'another reader of a dashboard',
    'aws_quicksight_dashboard',
    { permissions: [{ principal: 'a', actions: ['x'] }] },
    {
      permissions: [
        { principal: 'a', actions: ['x'] },
        { principal: 'mallory', actions: ['x'] },
      ],
    },
    /mallory/,
  ],
  [
    'another administrator of data',
    'aws_lakeformation_data_lake_settings',
    { admins: [INSIDE] },
    { admins: [INSIDE, OUTSIDE] },
    /admins/,
  ],
  [
    'a user of a cache with all rights',
    'aws_elasticache_user',
    { access_string: 'on ~a* +get' },
    { access_string: 'on ~* +@all' },
    /access string/,
  ],
  [
    'a user of a cache without a password',
    'aws_memorydb_user',
    { no_password_required: false },
    { no_password_required: true },
    /password/,
  ],
  [
    'connections without acceptance',
    'aws_vpc_endpoint_service',
    { acceptance_required: true },
    { acceptance_required: false },
    /connection/,
  ],
  [
    'another API for the keys of a plan',
    'aws_api_gateway_usage_plan',
    { api_stages: [{ api_id: 'a', stage: 's' }] },
    {
      api_stages: [
        { api_id: 'a', stage: 's' },
        { api_id: 'b', stage: 's' },
      ],
    },
    /api_id/,
  ],
  [
    'a guardrail that moves to another account',
    'aws_organizations_policy_attachment',
    { policy_id: 'p', target_id: OWN },
    { target_id: OTHER },
    /no longer limits/,
  ],
  ['API keys beside users', 'aws_appsync_graphql_api', appsync(), appsync('API_KEY'), /authenticate in another way/],
  [
    'a listener without a login',
    'aws_lb_listener',
    listener('authenticate-cognito', 'forward'),
    listener('forward'),
    /authenticates/,
  ],
  [
    'a listener without client certificates',
    'aws_lb_listener',
    { mutual_authentication: [{ mode: 'verify' }] },
    { mutual_authentication: [{ mode: 'passthrough' }] },
    /client certificates/,
  ],
  [
    'a distribution without signed URLs',
    'aws_cloudfront_distribution',
    behavior({ trusted_key_groups: ['k'] }),
    behavior({ trusted_key_groups: [] }),
    /signed/,
  ],
  [
    'requests without encryption',
    'aws_cloudfront_distribution',
    behavior({ viewer_protocol_policy: 'https-only' }),
    behavior({ viewer_protocol_policy: 'allow-all' }),
    /encryption/,
  ],
  [
    'a public project',
    'aws_codebuild_project',
    { project_visibility: 'PRIVATE' },
    { project_visibility: 'PUBLIC_READ' },
    /internet/,
  ],
  [
    'a public server for files',
    'aws_transfer_server',
    { endpoint_type: 'VPC' },
    { endpoint_type: 'PUBLIC' },
    /internet/,
  ],
  [
    'public addresses of a subnet',
    'aws_subnet',
    { map_public_ip_on_launch: false },
    { map_public_ip_on_launch: true },
    /internet/,
  ],
  [
    'networks that may be public',
    'aws_vpc_block_public_access_options',
    { internet_gateway_block_mode: 'block-bidirectional' },
    { internet_gateway_block_mode: 'off' },
    /blocks public/,
  ],
  ['a network ACL for the internet', 'aws_network_acl', { ingress: [] }, ingress, /0\.0\.0\.0\/0/],
  [
    'a function without its limit',
    'aws_lambda_function',
    { reserved_concurrent_executions: 5 },
    { reserved_concurrent_executions: -1 },
    /reserved_concurrent_executions/,
  ],
];

const NEW: readonly CreateRow[] = [
  [
    'principals of another account for indexes',
    'aws_opensearchserverless_access_policy',
    search('aoss:*', OUTSIDE),
    /444455556666/,
  ],
  [
    'a Cedar policy',
    'aws_verifiedpermissions_policy',
    { definition: [{ static: [{ statement: 'permit(principal, action, resource);' }] }] },
    /Cedar/,
  ],
  [
    'a policy of a certificate',
    'aws_iot_policy_attachment',
    { policy: 'admin', target: 'arn:aws:iot:x:1:cert/a' },
    /admin/,
  ],
  ['shared data', 'aws_redshift_data_share_authorization', { consumer_identifier: OTHER }, /444455556666/],
  [
    'a shared signing profile',
    'aws_signer_signing_profile_permission',
    { principal: OTHER, action: 'signer:*' },
    /444455556666/,
  ],
  ['a member of a user group', 'aws_cognito_user_in_group', { username: 'mallory', group_name: 'admins' }, /mallory/],
  ['a key of a usage plan', 'aws_api_gateway_usage_plan_key', { key_id: 'k', usage_plan_id: 'u' }, /usage plan/],
  [
    'ports for the internet',
    'aws_lightsail_instance_public_ports',
    { port_info: [{ cidrs: [INTERNET], from_port: 22, to_port: 22, protocol: 'tcp' }] },
    /0\.0\.0\.0\/0/,
  ],
];

export const services: readonly Attack[] = [...CHANGES.map(changeOf), ...NEW.map(creationOf)];
