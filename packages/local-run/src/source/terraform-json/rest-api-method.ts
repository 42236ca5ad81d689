/** Reads the methods of REST APIs, each with its integration (aws_api_gateway_method, _integration, _resource). */
import type { RestRouteDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { type NotSimulated, NotSimulatedError } from '../../model/not-simulated';
import { type StageSource, withStageVariables } from './api-stages';
import { mayInvoke } from './invocation-role';
import { readMockIntegration } from './mock-integration';
import { unsimulatedRoute } from './read-or-describe';
import { validationOf } from './request-models';
import type { Resource } from './resource';
import { checkValue, exampleOf, numberOf, type Resources } from './resources';
import { restAuthorizationOf } from './rest-api-authorizer';
import { UNKNOWN } from './unknown';

/** A method that answers 501. */
export function describeRoute(
  { attributes }: Resource,
  resources: Resources,
  notSimulated: readonly NotSimulated[],
): RestRouteDeployment {
  const { http_method: verb, resource_id: resourceId } = attributes;
  const routeKey = `${String(verb)} ${pathOf(resourceId, resources) ?? UNKNOWN}`;
  return { ...unsimulatedRoute(routeKey, notSimulated), resourceId: String(resourceId), apiKeyRequired: false };
}

/** The integration of a method. API Gateway refuses a deployment of a method without an integration. */
function integrationOf({ address, attributes }: Resource, resources: Resources): Resource {
  const names = ['resource_id', 'http_method'] as const;
  const integration = resources
    .ofType('aws_api_gateway_integration')
    .find((resource) =>
      names.every((name) => [attributes[name], UNKNOWN].includes(resource.attributes[name] as string)),
    );
  if (integration) return integration;
  throw new DeploymentError(`${address}: the method has no integration.`);
}

export function readRoute(method: Resource, source: StageSource, resources: Resources): RestRouteDeployment {
  const { attributes, address, comment } = method;
  const authorization = restAuthorizationOf(method, resources, source.arn);
  const integration = integrationOf(method, resources);
  if (integration.causes.length > 0) throw new NotSimulatedError(integration.causes);
  const path = pathOf(attributes['resource_id'], resources);
  if (path === undefined) {
    const found = String(attributes['resource_id']);
    throw new NotSimulatedError([{ address, attribute: 'resource_id', found, supported: 'a resource of this stack' }]);
  }
  const verb = attributes['http_method'] as string;
  // In the source ARN of a REST API, `*` stands for each path variable and for ANY.
  const sourceArn = `${source.arn}/${verb.replace('ANY', '*')}${path.replace(/\{[^}]*\}/g, '*')}`;
  return {
    routeKey: `${verb} ${path}`,
    resourceId: attributes['resource_id'] as string,
    ...targetOf(integration, { arn: sourceArn, variables: source.variables }, resources),
    timeoutMs: numberOf(integration.address, integration.attributes, 'timeout_milliseconds', 29_000),
    apiKeyRequired: attributes['api_key_required'] === true,
    ...(authorization && { authorization }),
    ...exampleOf(comment),
    ...validationOf(method, resources),
  };
}

/** The function of a method, or the answer of its MOCK integration. */
function targetOf(
  integration: Resource,
  source: StageSource,
  resources: Resources,
): Pick<RestRouteDeployment, 'functionArn' | 'qualifier' | 'permitted' | 'mock'> {
  if (integration.attributes['type'] === 'MOCK') {
    return { functionArn: '', permitted: true, mock: readMockIntegration(integration, resources) };
  }
  checkValue(integration, 'integration_http_method', ['POST']);
  const uri = withStageVariables(integration, 'uri', source.variables);
  const lambda = resources.functionAt(uri, integration.address);
  return {
    functionArn: lambda.attributes['arn'] as string,
    ...(lambda.qualifier !== undefined && { qualifier: lambda.qualifier }),
    permitted: mayInvoke(integration, 'credentials', source.arn, lambda, resources),
  };
}

/** @returns undefined when the resource, or a resource above it, is not in this stack or unknown */
function pathOf(resourceId: unknown, resources: Resources): string | undefined {
  const [resource] = resources.where('aws_api_gateway_resource', 'id', resourceId);
  if (!resource)
    return resources.where('aws_api_gateway_rest_api', 'root_resource_id', resourceId).length === 1 ? '/' : undefined;
  const parent = pathOf(resource.attributes['parent_id'], resources);
  return parent === undefined
    ? undefined
    : `${parent === '/' ? '' : parent}/${String(resource.attributes['path_part'])}`;
}
