/** Reads REST APIs (aws_api_gateway_*). */
import type {
  QuotaDeployment,
  RestApiDeployment,
  RestRouteDeployment,
  ThrottleDeployment,
  UsagePlanDeployment,
} from '../../model/deployment';
import { checkPaths } from './rest-api-paths';
import {
  ACCOUNT_THROTTLE,
  blockOf,
  checkUnique,
  checkValue,
  exampleOf,
  numberOf,
  openApiOf,
  type Resources,
} from './resources';
import { DeploymentError } from '../../model/deployment-error';
import type { Resource } from './resource';

export const REST_API = 'aws_api_gateway_rest_api';

export const REST_STAGE = 'aws_api_gateway_stage';

export function readRestApi(api: Resource, resources: Resources): RestApiDeployment {
  const id = api.attributes['id'] as string;
  const stage = resources.only(REST_STAGE, 'rest_api_id', id);
  const stageName = stage.attributes['stage_name'] as string;
  const settings = resources.where('aws_api_gateway_method_settings', 'rest_api_id', id);
  // By method path: `pets/{id}/GET` for one method, `*/*` for all other methods.
  const throttles = new Map(
    settings.map((setting) => [setting.attributes['method_path'] as string, throttleOf(setting)]),
  );
  checkPaths(resources);
  const methods = resources.where('aws_api_gateway_method', 'rest_api_id', id);
  const routes = methods.map((method) =>
    readRoute(method, `${api.attributes['execution_arn'] as string}/${stageName}`, resources),
  );
  checkUnique(
    'method',
    routes.map(({ routeKey }, index) => ({ routeKey, address: methods[index]?.address ?? '' })),
  );
  for (const { address, attributes } of settings) {
    const path = attributes['method_path'] as string;
    if (path === '*/*' || routes.some((route) => methodPath(route) === path)) continue;
    throw new DeploymentError(
      `${address}: method_path = ${JSON.stringify(path)} is not a method of this API. Use a path such as "pets/{id}/GET", or "*/*" for all methods.`,
    );
  }
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
      return { ...route, ...(throttle && { throttle }) };
    }),
    usagePlans: usagePlans(id, stageName, resources),
  };
}

/** `pets/{id}/GET`, the form in which method settings name a method. */
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

function readRoute(method: Resource, source: string, resources: Resources): RestRouteDeployment {
  const { attributes, address, comment } = method;
  checkValue(method, 'authorization', ['NONE', 'AWS_IAM']);
  const integration = resources
    .where('aws_api_gateway_integration', 'resource_id', attributes['resource_id'])
    .find((resource) => resource.attributes['http_method'] === attributes['http_method']);
  if (!integration) throw new DeploymentError(`${address}: the method has no integration.`);
  checkValue(integration, 'type', ['AWS_PROXY']);
  checkValue(integration, 'integration_http_method', ['POST']);
  const lambda = resources.functionAt(integration.attributes['uri'], integration.address);
  const path = pathOf(attributes['resource_id'], resources, address);
  const verb = attributes['http_method'] as string;
  const schema = bodySchema(method, resources);
  return {
    routeKey: `${verb} ${path}`,
    resourceId: attributes['resource_id'] as string,
    functionArn: lambda.attributes['arn'] as string,
    timeoutMs: numberOf(integration.address, integration.attributes, 'timeout_milliseconds', 29_000),
    // In the source ARN of a REST API, `*` stands for each path variable and for ANY.
    permitted: resources.permits(`${source}/${verb.replace('ANY', '*')}${path.replace(/\{[^}]*\}/g, '*')}`, lambda),
    apiKeyRequired: attributes['api_key_required'] === true,
    ...(attributes['authorization'] === 'AWS_IAM' && { authorization: { kind: 'iam' } as const }),
    ...exampleOf(comment),
    ...(schema && { bodySchema: schema }),
  };
}

function pathOf(resourceId: unknown, resources: Resources, address: string): string {
  const [resource] = resources.where('aws_api_gateway_resource', 'id', resourceId);
  if (!resource) {
    if (resources.where(REST_API, 'root_resource_id', resourceId).length === 1) return '/';
    throw new DeploymentError(`${address}: ${String(resourceId)} is not a resource of this stack.`);
  }
  const parent = pathOf(resource.attributes['parent_id'], resources, resource.address);
  return `${parent === '/' ? '' : parent}/${resource.attributes['path_part'] as string}`;
}

/** The JSON Schema that the gateway validates request bodies with. */
function bodySchema({ attributes }: Resource, resources: Resources): object | undefined {
  if (attributes['request_validator_id'] === undefined) return undefined;
  const validator = resources.only('aws_api_gateway_request_validator', 'id', attributes['request_validator_id']);
  const name = (attributes['request_models'] as Record<string, string> | undefined)?.['application/json'];
  if (validator.attributes['validate_request_body'] !== true || name === undefined) return undefined;
  const model = resources.only('aws_api_gateway_model', 'name', name);
  return JSON.parse(model.attributes['schema'] as string) as object;
}

function usagePlans(apiId: string, stage: string, resources: Resources): UsagePlanDeployment[] {
  return resources
    .ofType('aws_api_gateway_usage_plan')
    .filter(({ attributes }) =>
      ((attributes['api_stages'] ?? []) as readonly { api_id: string; stage: string }[]).some(
        (entry) => entry.api_id === apiId && entry.stage === stage,
      ),
    )
    .map((plan) => {
      const throttle = blockOf(plan, 'throttle_settings');
      const quota = quotaOf(plan);
      return {
        name: plan.attributes['name'] as string,
        throttle: {
          rate: numberOf(plan.address, throttle, 'rate_limit', Number.MAX_SAFE_INTEGER),
          burst: numberOf(plan.address, throttle, 'burst_limit', Number.MAX_SAFE_INTEGER),
        },
        ...(quota && { quota }),
        keys: resources
          .where('aws_api_gateway_usage_plan_key', 'usage_plan_id', plan.attributes['id'])
          .map(({ attributes }) => resources.only('aws_api_gateway_api_key', 'id', attributes['key_id']))
          .map(({ attributes }) => ({ id: attributes['id'] as string, value: attributes['value'] as string })),
      };
    });
}

function quotaOf(plan: Resource): QuotaDeployment | undefined {
  const block = blockOf(plan, 'quota_settings');
  if (block['limit'] === undefined) return undefined;
  checkValue({ ...plan, attributes: block }, 'period', ['DAY', 'WEEK', 'MONTH']);
  return {
    limit: numberOf(plan.address, block, 'limit', 0),
    period: block['period'] as QuotaDeployment['period'],
  };
}
