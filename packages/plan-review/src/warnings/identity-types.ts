/** Names the types of resources that are identities, credentials, shares or grants. */

/** Resources whose creation gives somebody access, and the attributes that say to whom or to what. */
export const IDENTITIES: Readonly<Record<string, readonly [text: string, ...attributes: string[]]>> = {
  aws_iam_user: ['is a new user', 'name'],
  aws_iam_access_key: ['is a new access key of the user', 'user'],
  aws_iam_service_specific_credential: ['is a new credential of the user', 'user_name', 'service_name'],
  aws_iam_user_login_profile: ['lets the user log in with a password', 'user'],
  aws_iam_user_ssh_key: ['is a new SSH key of the user', 'username'],
  aws_iam_signing_certificate: ['is a new certificate of the user', 'user_name'],
  aws_iam_openid_connect_provider: ['trusts the tokens of', 'url', 'client_id_list'],
  aws_iam_saml_provider: ['trusts the assertions of', 'name'],
  aws_iam_instance_profile: ['lets EC2 instances use the role', 'role'],
  aws_rolesanywhere_trust_anchor: ['trusts the certificates of', 'name'],
  aws_rolesanywhere_profile: ['lets holders of certificates use the roles', 'role_arns'],
  aws_kms_grant: ['grants use of the key to', 'grantee_principal', 'operations'],
  aws_ram_principal_association: ['shares resources with', 'principal'],
  aws_ram_resource_association: ['shares', 'resource_arn'],
  aws_ssoadmin_account_assignment: ['gives access to the account', 'target_id', 'principal_id', 'permission_set_arn'],
  aws_identitystore_group_membership: ['adds a member to a group:', 'member_id', 'group_id'],
  aws_eks_access_entry: ['gives access to the cluster to', 'principal_arn', 'kubernetes_groups'],
  aws_eks_access_policy_association: ['gives permissions in the cluster to', 'principal_arn', 'policy_arn'],
  aws_lakeformation_permissions: ['gives permissions on data to', 'principal', 'permissions'],
  aws_cognito_identity_pool_roles_attachment: ['gives users of the identity pool the roles', 'roles'],
  aws_cloudwatch_event_permission: ['gives access to the event bus to', 'principal', 'action'],
  aws_lambda_layer_version_permission: ['shares the layer with', 'principal', 'organization_id'],
  aws_snapshot_create_volume_permission: ['shares the snapshot with', 'account_id'],
  aws_ami_launch_permission: ['shares the machine image with', 'account_id', 'group', 'organization_arn'],
  aws_vpc_endpoint_service_allowed_principal: ['gives access to the endpoint service to', 'principal_arn'],
  aws_redshift_endpoint_authorization: ['gives access to the cluster to', 'account'],
  aws_quicksight_user: ['is a new user', 'email', 'user_role'],
  aws_transfer_user: ['is a new user', 'user_name', 'role'],
  aws_transfer_ssh_key: ['is a new SSH key of the user', 'user_name'],
  aws_signer_signing_profile_permission: ['gives access to the signing profile to', 'principal', 'action'],
  aws_redshift_data_share_authorization: ['shares data with', 'consumer_identifier'],
  aws_servicecatalog_portfolio_share: ['shares the portfolio with', 'principal_id'],
  aws_servicecatalog_principal_portfolio_association: ['gives access to the portfolio to', 'principal_arn'],
  aws_opensearch_authorize_vpc_endpoint_access: ['lets endpoints reach the domain from the account', 'account'],
  aws_route53_vpc_association_authorization: ['lets another network use the hosted zone:', 'vpc_id'],
  aws_iot_policy_attachment: ['attaches an IoT policy:', 'policy', 'target'],
  aws_ssoadmin_application_assignment: ['gives access to the application to', 'principal_id'],
  aws_cognito_user_in_group: ['adds a user to a group:', 'username', 'group_name'],
  aws_grafana_role_association: ['gives users a role in Grafana:', 'role', 'user_ids', 'group_ids'],
  aws_grafana_workspace_api_key: ['is a new API key of Grafana with the role', 'key_role'],
  aws_grafana_workspace_service_account_token: ['is a new token of the Grafana service account', 'service_account_id'],
  aws_appsync_api_key: ['is a new API key of the API', 'api_id'],
  aws_api_gateway_usage_plan_key: ['adds an API key to the usage plan', 'usage_plan_id'],
  aws_quicksight_iam_policy_assignment: ['assigns an IAM policy to QuickSight users:', 'policy_arn', 'identities'],
  aws_quicksight_group_membership: ['adds a user to a group:', 'member_name', 'group_name'],
  aws_ec2_client_vpn_authorization_rule: ['lets VPN clients reach', 'target_network_cidr'],
  aws_lightsail_bucket_access_key: ['is a new access key of the bucket', 'bucket_name'],
  aws_lightsail_bucket_resource_access: ['gives access to the bucket to', 'resource_name'],
};

/**
 * The attribute that refers to the resource to which an identity gives access. There is no warning if the plan creates that resource:
 * nobody depends on its limits yet, and its role and its policies cause their own warnings.
 */
export const OWNERS: Readonly<Record<string, string>> = {
  aws_iam_instance_profile: 'role',
  aws_api_gateway_usage_plan_key: 'usage_plan_id',
  aws_appsync_api_key: 'api_id',
};
