/** HTTP APIs (aws_apigatewayv2_*) of a stack. */
import type { HttpApiDeployment, RouteDeployment } from '../deployment';
import { blockOf, expect, numberOf, type Resources } from './resources';
import { DeploymentError, type Resource } from './stack';

export const HTTP_API = 'aws_apigatewayv2_api';

export function httpApi(api: Resource, resources: Resources): HttpApiDeployment {
  expect(api, 'protocol_type', ['HTTP']);
  const id = api.attributes['id'] as string;
  const stage = resources.one('aws_apigatewayv2_stage', 'api_id', id);
  expect(stage, 'auto_deploy', [true]);
  const settings = blockOf(stage, 'default_route_settings');
  const stageName = stage.attributes['name'] as string;
  return {
    kind: 'http-api',
    address: api.address,
    id,
    name: api.attributes['name'] as string,
    stage: stageName,
    // AWS takes a missing value of these two for 0.
    throttle: {
      rate: numberOf(stage.address, settings, 'throttling_rate_limit', 0),
      burst: numberOf(stage.address, settings, 'throttling_burst_limit', 0),
    },
    routes: resources
      .where('aws_apigatewayv2_route', 'api_id', id)
      .map((route) => httpRoute(route, `${api.attributes['execution_arn'] as string}/${stageName}`, resources)),
  };
}

function httpRoute({ address, attributes }: Resource, source: string, resources: Resources): RouteDeployment {
  const target = attributes['target'] as string;
  const integration = resources
    .of('aws_apigatewayv2_integration')
    .find((resource) => target === `integrations/${resource.attributes['id'] as string}`);
  if (!integration) throw new DeploymentError(`${address}: its target ${target} is no integration of this stack.`);
  expect(integration, 'integration_type', ['AWS_PROXY']);
  expect(integration, 'payload_format_version', ['2.0']);
  const lambda = resources.functionAt(integration.attributes['integration_uri'], integration.address);
  const routeKey = attributes['route_key'] as string;
  return {
    routeKey,
    functionArn: lambda.attributes['arn'] as string,
    timeoutMs: numberOf(integration.address, integration.attributes, 'timeout_milliseconds', 30_000),
    permitted: resources.permits(`${source}/${routeKey.replace(/^ANY /, '* ').replace(' ', '')}`, lambda),
  };
}
