/** Policies of resources that let in another account. */
import { type Attack, type Attributes, change, document, more, OTHER, OWN, resource } from '../build';

const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:${OWN}:${name}`;
const forOther = (actions: string) =>
  document({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Action: actions, Resource: '*' });

/** The first policy of a resource that exists already: type, attribute with the policy, attributes that name the parent. */
const FIRST: readonly (readonly [type: string, policy: string, parent: Attributes])[] = [
  ['aws_dynamodb_resource_policy', 'policy', { resource_arn: arn('dynamodb', 'table/timetable/stream/2026') }],
  ['aws_sqs_queue_policy', 'policy', { queue_url: 'https://sqs.eu-central-1.amazonaws.com/123456789012/bookings' }],
  ['aws_sns_topic_policy', 'policy', { arn: arn('sns', 'bell') }],
  ['aws_secretsmanager_secret_policy', 'policy', { secret_arn: arn('secretsmanager', 'secret:till') }],
  ['aws_kms_key_policy', 'policy', { key_id: '1111-2222' }],
  ['aws_s3_bucket_policy', 'policy', { bucket: 'maps' }],
  ['aws_s3_access_point_policy', 'policy', {}],
  ['aws_s3control_access_point_policy', 'policy', { access_point_arn: arn('s3', 'accesspoint/a') }],
  ['aws_ecr_repository_policy', 'policy', { repository: 'ferry' }],
  ['aws_ecr_registry_policy', 'policy', {}],
  ['aws_api_gateway_rest_api_policy', 'policy', { rest_api_id: 'abc' }],
  ['aws_cloudwatch_event_bus_policy', 'policy', { event_bus_name: 'default' }],
  ['aws_cloudwatch_log_resource_policy', 'policy_document', { policy_name: 'a' }],
  ['aws_cloudwatch_log_destination_policy', 'access_policy', { destination_name: 'a' }],
  ['aws_kinesis_resource_policy', 'policy', { resource_arn: arn('kinesis', 'stream/moves') }],
  ['aws_backup_vault_policy', 'policy', { backup_vault_name: 'a' }],
  ['aws_efs_file_system_policy', 'policy', { file_system_id: 'fs-1' }],
  ['aws_opensearch_domain_policy', 'access_policies', { domain_name: 'a' }],
  ['aws_glue_resource_policy', 'policy', {}],
  ['aws_vpc_endpoint_policy', 'policy', { vpc_endpoint_id: 'vpce-1' }],
  ['aws_ses_identity_policy', 'policy', { identity: 'example.com' }],
  ['aws_codeartifact_domain_permissions_policy', 'policy_document', { domain: 'a' }],
  ['aws_glacier_vault_lock', 'policy', { vault_name: 'a' }],
  ['aws_schemas_registry_policy', 'policy', { registry_name: 'a' }],
  ['aws_vpclattice_auth_policy', 'policy', { resource_identifier: 'a' }],
  ['aws_acmpca_policy', 'policy', { resource_arn: arn('acm-pca', 'a') }],
  ['aws_media_store_container_policy', 'policy', { container_name: 'a' }],
  ['aws_redshift_resource_policy', 'policy', { resource_arn: arn('redshift', 'a') }],
];

const firstPolicies = FIRST.map(([type, name, parent]): Attack => {
  const after = { ...parent, [name]: forOther('x:Read') };
  return more(`the first policy of ${type}`, [resource(`${type}.a`, null, after, { after_unknown: { id: true } })], {
    warns: new RegExp(`${type}\\.a .*${OTHER}`),
  });
});

/** Types with the policy in the resource itself. */
const OWN_POLICIES: readonly (readonly [type: string, policy: string])[] = [
  ['aws_sqs_queue', 'policy'],
  ['aws_sns_topic', 'policy'],
  ['aws_kms_key', 'policy'],
  ['aws_s3_bucket', 'policy'],
  ['aws_vpc_endpoint', 'policy'],
  ['aws_secretsmanager_secret', 'policy'],
  ['aws_elasticsearch_domain', 'access_policies'],
  ['aws_api_gateway_rest_api', 'policy'],
  ['aws_iot_policy', 'policy'],
  ['aws_organizations_policy', 'content'],
];

const ownPolicies = OWN_POLICIES.flatMap(([type, name]): Attack[] => {
  const seen = { warns: new RegExp(OTHER) };
  const after = { [name]: forOther('x:Read') };
  return [
    change(`the policy of ${type}`, `${type}.a`, { name: 'a', [name]: '' }, { tags: { a: 'b' } }, after, seen),
    more(`the policy of a new ${type}`, [resource(`${type}.a`, null, { name: 'a', ...after })], seen),
  ];
});

const DENY = document({ Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: '*' });
const inModule = { queue_url: 'q', policy: forOther('sqs:*') };

export const resourcePolicies: readonly Attack[] = [
  ...firstPolicies,
  ...ownPolicies,
  more('a policy with a Deny, deleted', [resource('aws_s3_bucket_policy.a', { bucket: 'maps', policy: DENY }, null)], {
    warns: /no longer denies/,
  }),
  more('a policy in a module', [resource('module.harbour.aws_sqs_queue_policy.a', null, inModule)], {
    warns: new RegExp(`module\\.harbour\\.aws_sqs_queue_policy\\.a .*${OTHER}`),
  }),
];
