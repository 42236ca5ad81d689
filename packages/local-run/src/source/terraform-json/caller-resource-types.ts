/** The resource types that decide who may call a REST API, and that answer callers without a function. */
import { inert, simulated } from './attribute-rules';
import { arn, generatedId, type ResourceTypes } from './simulated-type';

const METHOD = simulated('rest_api_id', 'resource_id', 'http_method', 'status_code', 'response_parameters');

export const CALLER_RESOURCE_TYPES: ResourceTypes = {
  aws_api_gateway_authorizer: {
    attributes: {
      ...simulated(
        'rest_api_id',
        'name',
        'type',
        'authorizer_uri',
        'identity_source',
        'identity_validation_expression',
      ),
      ...simulated('authorizer_result_ttl_in_seconds', 'authorizer_credentials', 'provider_arns'),
    },
    computed: generatedId,
  },
  aws_api_gateway_method_response: {
    attributes: { ...METHOD, ...inert('response_models') },
    computed: generatedId,
  },
  aws_api_gateway_integration_response: {
    attributes: {
      ...METHOD,
      ...simulated('selection_pattern', 'response_templates'),
      content_handling: ['CONVERT_TO_TEXT', undefined],
    },
    computed: generatedId,
  },
  aws_api_gateway_gateway_response: {
    attributes: simulated('rest_api_id', 'response_type', 'status_code', 'response_parameters', 'response_templates'),
    computed: generatedId,
  },

  // The local issuer plays the pool, whatever its settings are.
  aws_cognito_user_pool: {
    attributes: {
      ...simulated('name'),
      ...inert('account_recovery_setting', 'admin_create_user_config', 'alias_attributes', 'auto_verified_attributes'),
      ...inert('deletion_protection', 'device_configuration', 'email_configuration', 'email_mfa_configuration'),
      ...inert('email_verification_message', 'email_verification_subject', 'lambda_config', 'mfa_configuration'),
      ...inert('password_policy', 'schema', 'sign_in_policy', 'sms_authentication_message', 'sms_configuration'),
      ...inert('sms_verification_message', 'software_token_mfa_configuration', 'user_attribute_update_settings'),
      ...inert('user_pool_add_ons', 'user_pool_tier', 'username_attributes', 'username_configuration'),
      ...inert('verification_message_template', 'web_authn_configuration'),
    },
    computed: (_configured, place) => {
      const id = `${place.region}_${place.id.slice(0, 9)}`;
      return {
        id,
        arn: arn('cognito-idp', place, `userpool/${id}`),
        endpoint: `cognito-idp.${place.region}.amazonaws.com/${id}`,
      };
    },
  },
  aws_cognito_user_pool_client: {
    attributes: {
      ...simulated('name', 'user_pool_id'),
      ...inert('access_token_validity', 'allowed_oauth_flows', 'allowed_oauth_flows_user_pool_client'),
      ...inert('allowed_oauth_scopes', 'analytics_configuration', 'auth_session_validity', 'callback_urls'),
      ...inert('default_redirect_uri', 'enable_propagate_additional_user_context_data', 'enable_token_revocation'),
      ...inert('explicit_auth_flows', 'generate_secret', 'id_token_validity', 'logout_urls'),
      ...inert('prevent_user_existence_errors', 'read_attributes', 'refresh_token_rotation', 'refresh_token_validity'),
      ...inert('supported_identity_providers', 'token_validity_units', 'write_attributes'),
    },
    computed: generatedId,
  },
};
