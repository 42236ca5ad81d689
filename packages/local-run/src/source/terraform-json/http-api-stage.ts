/** Reads the settings of a stage of an HTTP API (aws_apigatewayv2_stage). */
import type { HttpApiDeployment, ThrottleDeployment } from '../../model/deployment';
import { stageVariablesOf } from './api-stages';
import type { Attributes, Resource } from './resource';
import { ACCOUNT_THROTTLE, blockOf, numberOf } from './resources';

/** Throttles of single routes, by route key. */
export type RouteThrottles = ReadonlyMap<string, { readonly throttle: ThrottleDeployment }>;

export function stageSettings(stage: Resource): Pick<HttpApiDeployment, 'stage' | 'stageVariables' | 'throttle'> {
  const hasSettings = (stage.attributes['default_route_settings'] ?? undefined) !== undefined;
  return {
    stage: stage.attributes['name'] as string,
    ...stageVariablesOf(stage, 'stage_variables'),
    throttle: hasSettings ? throttleOf(stage, blockOf(stage, 'default_route_settings')) : ACCOUNT_THROTTLE,
  };
}

/**
 * Whether API Gateway deployed the routes to the stage. A stage that is not deployed has no routes. The local run assumes that a
 * deployment contains all routes of the Terraform.
 */
export function isDeployed({ attributes: { auto_deploy: autoDeploy, deployment_id: deployment } }: Resource): boolean {
  return autoDeploy === true || ![undefined, null, ''].includes(deployment as string | null | undefined);
}

export function routeThrottles(stage: Resource): RouteThrottles {
  const blocks = (stage.attributes['route_settings'] ?? []) as readonly Attributes[];
  return new Map(blocks.map((block) => [block['route_key'] as string, { throttle: throttleOf(stage, block) }]));
}

/** Terraform sends 0 for a missing limit (hashicorp/terraform-provider-aws, issue 27674). */
function throttleOf({ address }: Resource, settings: Attributes): ThrottleDeployment {
  return {
    rate: numberOf(address, settings, 'throttling_rate_limit', 0),
    burst: numberOf(address, settings, 'throttling_burst_limit', 0),
  };
}
