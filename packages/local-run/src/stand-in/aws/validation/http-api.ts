/** Validates the resources of HTTP APIs: `aws_apigatewayv2_*`. */
import { between, lengthBetween, oneOf, type Validator } from '../../provider/checks';
import { HTTP_METHODS } from './http-methods';

export const HTTP_API_VALIDATORS: Readonly<Record<string, Validator>> = {
  aws_apigatewayv2_api: {
    rules: {
      name: lengthBetween(1, 128),
      protocol_type: oneOf(['WEBSOCKET', 'HTTP']),
      ip_address_type: oneOf(['ipv4', 'dualstack']),
      api_key_selection_expression: oneOf(['$context.authorizer.usageIdentifierKey', '$request.header.x-api-key']),
    },
  },
  aws_apigatewayv2_route: { rules: { authorization_type: oneOf(['NONE', 'AWS_IAM', 'CUSTOM', 'JWT']) } },
  aws_apigatewayv2_integration: {
    rules: {
      integration_type: oneOf(['AWS', 'HTTP', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY']),
      integration_method: oneOf(HTTP_METHODS),
      payload_format_version: oneOf(['1.0', '2.0']),
      connection_type: oneOf(['INTERNET', 'VPC_LINK']),
      passthrough_behavior: oneOf(['WHEN_NO_MATCH', 'NEVER', 'WHEN_NO_TEMPLATES']),
      content_handling_strategy: oneOf(['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']),
    },
  },
  aws_apigatewayv2_stage: {
    rules: {
      name: lengthBetween(1, 128),
      default_route_settings: { logging_level: oneOf(['ERROR', 'INFO', 'OFF']) },
    },
  },
  aws_apigatewayv2_authorizer: {
    rules: {
      name: lengthBetween(1, 128),
      authorizer_type: oneOf(['REQUEST', 'JWT']),
      authorizer_payload_format_version: oneOf(['1.0', '2.0']),
      authorizer_result_ttl_in_seconds: between(0, 3600),
    },
  },
};
