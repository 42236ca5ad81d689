/** The attributes of APIs in the provider's schema that the local run neither simulates nor leaves out. */
import { isInertType } from '../../../src/source/terraform-json/inert-types';
import { RESOURCE_TYPES } from '../../../src/source/terraform-json/resource-types';
import { attributesWithoutRule, resourceTypes } from '../../support/provider-schema';

/** Attributes that decide about responses in a way that the local run does not simulate. */
const DECISIVE: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_deployment: ['canary_settings'],
  aws_api_gateway_integration: ['connection_id'],
  aws_api_gateway_stage: ['canary_settings'],
  aws_apigatewayv2_integration: ['connection_id', 'integration_subtype'],
};

/** Resource types that decide about responses in a way that the local run does not simulate. */
const DECISIVE_TYPES = [
  'aws_api_gateway_rest_api_put',
  // Only WebSocket APIs have these parts.
  ...['aws_apigatewayv2_integration_response', 'aws_apigatewayv2_model', 'aws_apigatewayv2_route_response'],
];

const types = resourceTypes(/^aws_(apigatewayv2|api_gateway)_/);

test('every type of API Gateway is simulated or has no effect, except some', () => {
  const others = types.filter((type) => !(type in RESOURCE_TYPES) && !isInertType(type));
  expect(others).toEqual(DECISIVE_TYPES);
});

test.each(types.filter((type) => type in RESOURCE_TYPES))(
  'routes answer 501 because of few attributes of %s',
  (type) => {
    expect(attributesWithoutRule(type)).toEqual(DECISIVE[type] ?? []);
  },
);
