/** Adds the resources that API Gateway creates by itself: from the body of an API, the stage of a deployment, a quick create. */
import { withBody } from './openapi/body';
import type { Resource } from './resource';

type Created = readonly [type: string, attributes: Resource['attributes']];

/** @returns the resources, and the resources that they imply. An implied resource has the address of its creator. */
export function withImpliedResources(resources: readonly Resource[]): readonly Resource[] {
  const implied = resources.flatMap((creator) =>
    createdBy(creator).map(([type, attributes]) => ({ ...creator, type, attributes, comment: {} })),
  );
  return [...resources.flatMap(withBody), ...implied];
}

function createdBy({ type, attributes }: Resource): readonly Created[] {
  if (type === 'aws_api_gateway_deployment') return stageOfDeployment(attributes);
  return type === 'aws_apigatewayv2_api' ? quickCreate(attributes) : [];
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A deployment with `stage_name` creates the stage (provider documentation, aws_api_gateway_deployment). */
function stageOfDeployment({ rest_api_id, id, stage_name, variables }: Resource['attributes']): readonly Created[] {
  if (!isSet(stage_name)) return [];
  return [['aws_api_gateway_stage', { rest_api_id, deployment_id: id, stage_name, variables }]];
}

/**
 * An API with `target` has one integration, one route, and the stage $default, which is deployed automatically (API reference,
 * CreateApi). Its integration has payload format 2.0.
 */
function quickCreate({ id, target, route_key: routeKey, credentials_arn }: Resource['attributes']): readonly Created[] {
  if (!isSet(target)) return [];
  const integration = {
    ...{ id: `${String(id)}-quick`, api_id: id, integration_type: 'AWS_PROXY' },
    ...{ integration_uri: target, payload_format_version: '2.0', credentials_arn },
  };
  const route = {
    api_id: id,
    route_key: isSet(routeKey) ? routeKey : '$default',
    target: `integrations/${integration.id}`,
  };
  return [
    ['aws_apigatewayv2_integration', integration],
    ['aws_apigatewayv2_route', route],
    ['aws_apigatewayv2_stage', { api_id: id, name: '$default', auto_deploy: true }],
  ];
}
