/** Reads REST APIs (aws_api_gateway_*). */
import type { RestApiDeployment, RestRouteDeployment, ThrottleDeployment } from '../../model/deployment';
import { type NotSimulated, NotSimulatedError } from '../../model/not-simulated';
import { checkPaths } from './rest-api-paths';
import { readUsagePlans } from './rest-api-usage-plans';
import {
  ACCOUNT_THROTTLE,
  blockOf,
  checkUnique,
  checkValue,
  exampleOf,
  numberOf,
  openApiOf,
  type Resources,
  stageOf,
} from './resources';
import { DeploymentError } from '../../model/deployment-error';
import { readGatewayResponses } from './gateway-responses';
import { readMockIntegration } from './mock-integration';
import type { Resource } from './resource';
import { restAuthorizationOf } from './rest-api-authorizer';
import { isUnknown, UNKNOWN } from './unknown';
import { readOrDescribe, unsimulatedRoute } from './read-or-describe';

export const REST_API = 'aws_api_gateway_rest_api';

export const REST_STAGE = 'aws_api_gateway_stage';

export function readRestApi(api: Resource, resources: Resources): RestApiDeployment {
  return readOrDescribe(
    api,
    () => readSimulated(api, resources),
    (notSimulated) => ({
      kind: 'rest-api',
      address: api.address,
      id: api.attributes['id'] as string,
      name: String(api.attributes['name']),
      stage: 'unknown',
      deploymentId: '',
      throttle: ACCOUNT_THROTTLE,
      routes: methodsOf(api, resources).map((method) => describeRoute(method, resources, notSimulated)),
      usagePlans: [],
      notSimulated,
    }),
  );
}

function methodsOf({ attributes }: Resource, resources: Resources): Resource[] {
  return resources.where('aws_api_gateway_method', 'rest_api_id', attributes['id']);
}

function readSimulated(api: Resource, resources: Resources): RestApiDeployment {
  const id = api.attributes['id'] as string;
  const stage = stageOf(api, resources.where(REST_STAGE, 'rest_api_id', id));
  const stageName = stage.attributes['stage_name'] as string;
  const settings = resources.where('aws_api_gateway_method_settings', 'rest_api_id', id);
  // By method path: `pets/{id}/GET` for one method, `*/*` for all other methods.
  const throttles = new Map(
    settings.filter(({ causes }) => causes.length === 0).map((setting) => [settingsPath(setting), throttleOf(setting)]),
  );
  checkPaths(resources);
  const methods = methodsOf(api, resources);
  const source = `${api.attributes['execution_arn'] as string}/${stageName}`;
  const routes = methods.map((method) =>
    readOrDescribe(
      method,
      () => readRoute(method, source, resources),
      (causes) => describeRoute(method, resources, causes),
    ),
  );
  checkUnique(
    'method',
    routes
      .map(({ routeKey }, index) => ({ routeKey, address: methods[index]?.address ?? '' }))
      .filter(({ routeKey }) => routeKey !== '$default'),
  );
  const plans = readUsagePlans(id, stageName, resources);
  const settingCauses = (route: RestRouteDeployment) =>
    settings
      .filter((setting) => {
        const path = settingsPath(setting);
        return isUnknown(path) || [methodPath(route), '*/*'].includes(String(path));
      })
      .flatMap(({ causes }) => causes);
  // A method whose path is unknown can be the method of any setting.
  const hasUnknownPath = routes.some(({ routeKey }) => routeKey === '$default');
  for (const setting of hasUnknownPath ? [] : settings) {
    const path = settingsPath(setting);
    if (isUnknown(path) || path === '*/*' || routes.some((route) => methodPath(route) === path)) continue;
    const { address, attributes } = setting;
    throw new DeploymentError(
      `${address}: method_path = ${JSON.stringify(attributes['method_path'])} is not a method of this API. Use a path such as "~1pets~1{id}/GET", or "*/*" for all methods.`,
    );
  }
  const gatewayResponses = readGatewayResponses(id, resources);
  return {
    kind: 'rest-api',
    address: api.address,
    id,
    name: api.attributes['name'] as string,
    stage: stageName,
    ...openApiOf(api, resources),
    deploymentId: stage.attributes['deployment_id'] as string,
    throttle: throttles.get('*/*') ?? ACCOUNT_THROTTLE,
    routes: routes.map((route) => {
      const throttle = throttles.get(methodPath(route));
      const causes = [
        ...(route.notSimulated ?? []),
        ...settingCauses(route),
        ...(route.apiKeyRequired ? plans.flatMap((plan) => plan.causes) : []),
      ];
      return { ...route, ...(throttle && { throttle }), ...(causes.length > 0 && { notSimulated: causes }) };
    }),
    usagePlans: plans.flatMap(({ plan }) => plan ?? []),
    ...(gatewayResponses.length > 0 && { gatewayResponses }),
  };
}

/** The method of method settings, as `methodPath` returns it. Settings write `~1` for the slashes of its path. */
function settingsPath({ attributes: { method_path: path } }: Resource): unknown {
  return typeof path === 'string' ? path.replace(/^~1/, '').replaceAll('~1', '/') : path;
}

/** Names a method by its path without the first slash, and its verb: `pets/{id}/GET`. */
function methodPath({ routeKey }: RestRouteDeployment): string {
  const [verb = '', path = ''] = routeKey.split(' ');
  return `${path.slice(1)}/${verb}`;
}

function throttleOf(settings: Resource): ThrottleDeployment {
  const limits = blockOf(settings, 'settings');
  // -1, Terraform's default, sets no limit.
  const rate = numberOf(settings.address, limits, 'throttling_rate_limit', -1);
  const burst = numberOf(settings.address, limits, 'throttling_burst_limit', -1);
  return { rate: rate < 0 ? ACCOUNT_THROTTLE.rate : rate, burst: burst < 0 ? ACCOUNT_THROTTLE.burst : burst };
}

/** A method that answers 501. */
function describeRoute(
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

function readRoute(method: Resource, source: string, resources: Resources): RestRouteDeployment {
  const { attributes, address, comment } = method;
  const authorization = restAuthorizationOf(method, resources, source);
  const integration = integrationOf(method, resources);
  if (integration.causes.length > 0) throw new NotSimulatedError(integration.causes);
  const path = pathOf(attributes['resource_id'], resources);
  if (path === undefined) {
    const found = String(attributes['resource_id']);
    throw new NotSimulatedError([{ address, attribute: 'resource_id', found, supported: 'a resource of this stack' }]);
  }
  const verb = attributes['http_method'] as string;
  // In the source ARN of a REST API, `*` stands for each path variable and for ANY.
  const sourceArn = `${source}/${verb.replace('ANY', '*')}${path.replace(/\{[^}]*\}/g, '*')}`;
  const schema = bodySchema(method, resources);
  return {
    routeKey: `${verb} ${path}`,
    resourceId: attributes['resource_id'] as string,
    ...targetOf(integration, sourceArn, resources),
    timeoutMs: numberOf(integration.address, integration.attributes, 'timeout_milliseconds', 29_000),
    apiKeyRequired: attributes['api_key_required'] === true,
    ...(authorization && { authorization }),
    ...exampleOf(comment),
    ...(schema && { bodySchema: schema }),
  };
}

/** The function of a method, or the answer of its MOCK integration. */
function targetOf(
  integration: Resource,
  sourceArn: string,
  resources: Resources,
): Pick<RestRouteDeployment, 'functionArn' | 'qualifier' | 'permitted' | 'mock'> {
  if (integration.attributes['type'] === 'MOCK') {
    return { functionArn: '', permitted: true, mock: readMockIntegration(integration, resources) };
  }
  checkValue(integration, 'integration_http_method', ['POST']);
  const lambda = resources.functionAt(integration.attributes['uri'], integration.address);
  return {
    functionArn: lambda.attributes['arn'] as string,
    ...(lambda.qualifier !== undefined && { qualifier: lambda.qualifier }),
    permitted: resources.permits(sourceArn, lambda),
  };
}

/** @returns undefined when the resource, or a resource above it, is not in this stack or unknown */
function pathOf(resourceId: unknown, resources: Resources): string | undefined {
  const [resource] = resources.where('aws_api_gateway_resource', 'id', resourceId);
  if (!resource) return resources.where(REST_API, 'root_resource_id', resourceId).length === 1 ? '/' : undefined;
  const parent = pathOf(resource.attributes['parent_id'], resources);
  return parent === undefined
    ? undefined
    : `${parent === '/' ? '' : parent}/${String(resource.attributes['path_part'])}`;
}

/** The JSON Schema that the gateway validates request bodies with. */
function bodySchema(method: Resource, resources: Resources): object | undefined {
  const { attributes } = method;
  if (attributes['request_validator_id'] === undefined) return undefined;
  const validator = resources.only('aws_api_gateway_request_validator', 'id', attributes['request_validator_id']);
  if (validator.causes.length > 0) throw new NotSimulatedError(validator.causes);
  const name = (attributes['request_models'] as Record<string, string> | undefined)?.['application/json'];
  if (validator.attributes['validate_request_body'] !== true || name === undefined) return undefined;
  const model = modelNamed(name, method, resources);
  if (model.causes.length > 0) throw new NotSimulatedError(model.causes);
  return parseSchema(model);
}

/** Finds a model of the method's API. Names of models are unique for each API (API reference, CreateModel). */
function modelNamed(name: string, { address, attributes }: Resource, resources: Resources): Resource {
  const [model, ...others] = resources
    .where('aws_api_gateway_model', 'rest_api_id', attributes['rest_api_id'])
    .filter((candidate) => candidate.attributes['name'] === name);
  if (!model) {
    const supported = 'a model of the same API and stack';
    throw new NotSimulatedError([{ address, attribute: 'request_models', found: JSON.stringify(name), supported }]);
  }
  const [second] = others;
  if (second)
    throw new DeploymentError(`${second.address}: ${model.address} of the same API has the same name = "${name}".`);
  return model;
}

function parseSchema({ address, attributes }: Resource): object {
  try {
    return JSON.parse(attributes['schema'] as string) as object;
  } catch (error) {
    throw new DeploymentError(`${address}: schema is not valid JSON: ${(error as Error).message}.`);
  }
}
