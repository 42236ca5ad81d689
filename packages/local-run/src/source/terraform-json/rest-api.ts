/** Reads REST APIs (aws_api_gateway_*). */
import type { RestApiDeployment, RestRouteDeployment } from '../../model/deployment';
import type { NotSimulated } from '../../model/not-simulated';
import { accountOf, stagesOf, stageVariablesOf } from './api-stages';
import { readGatewayResponses } from './gateway-responses';
import { MethodSettings } from './method-settings';
import { readOrDescribe } from './read-or-describe';
import type { Resource } from './resource';
import { ACCOUNT_THROTTLE, checkUnique, openApiOf, type Resources } from './resources';
import { readApiPolicy } from './resource-policy';
import { describeRoute, readRoute } from './rest-api-method';
import { checkPaths } from './rest-api-paths';
import { readUsagePlans } from './rest-api-usage-plans';

export const REST_API = 'aws_api_gateway_rest_api';

export const REST_STAGE = 'aws_api_gateway_stage';

/** @returns the API at each of its stages */
export function readRestApi(api: Resource, resources: Resources): RestApiDeployment[] {
  const id = api.attributes['id'] as string;
  const describe = (stage: string) => (notSimulated: readonly NotSimulated[]) =>
    describeApi(api, stage, resources, notSimulated);
  return readOrDescribe<RestApiDeployment[]>(
    api,
    () => {
      checkPaths(id, resources);
      const stages = stagesOf(api, resources.where(REST_STAGE, 'rest_api_id', id));
      return stages.map((stage) =>
        readOrDescribe(stage, () => readStage(api, stage, resources), describe(String(stage.attributes['stage_name']))),
      );
    },
    (notSimulated) => [describe('$default')(notSimulated)],
  );
}

/** An API that answers 501. */
function describeApi(
  api: Resource,
  stage: string,
  resources: Resources,
  notSimulated: readonly NotSimulated[],
): RestApiDeployment {
  return {
    kind: 'rest-api',
    address: api.address,
    id: api.attributes['id'] as string,
    name: String(api.attributes['name']),
    stage,
    deploymentId: '',
    throttle: ACCOUNT_THROTTLE,
    routes: methodsOf(api, resources).map((method) => describeRoute(method, resources, notSimulated)),
    usagePlans: [],
    notSimulated,
  };
}

function methodsOf({ attributes }: Resource, resources: Resources): Resource[] {
  return resources.where('aws_api_gateway_method', 'rest_api_id', attributes['id']);
}

function readStage(api: Resource, stage: Resource, resources: Resources): RestApiDeployment {
  const id = api.attributes['id'] as string;
  const stageName = stage.attributes['stage_name'] as string;
  const executionArn = api.attributes['execution_arn'] as string;
  const routes = readRoutes(api, stage, resources);
  const settings = new MethodSettings(id, stageName, resources);
  settings.check(routes);
  const plans = readUsagePlans(id, stageName, resources);
  const gatewayResponses = readGatewayResponses(id, resources);
  const policy = readApiPolicy(api, stageName, resources);
  const binaryMediaTypes = (api.attributes['binary_media_types'] ?? []) as readonly string[];
  return {
    kind: 'rest-api',
    address: api.address,
    id,
    name: api.attributes['name'] as string,
    account: accountOf(executionArn),
    stage: stageName,
    ...stageVariablesOf(stage, 'variables'),
    ...openApiOf(api, resources),
    ...policy,
    deploymentId: stage.attributes['deployment_id'] as string,
    throttle: settings.stageThrottle,
    routes: routes.map((route) => {
      const throttle = settings.throttleOf(route);
      const causes = [
        ...(route.notSimulated ?? []),
        ...settings.causesOf(route),
        ...(route.apiKeyRequired ? plans.flatMap((plan) => plan.causes) : []),
      ];
      return { ...route, ...(throttle && { throttle }), ...(causes.length > 0 && { notSimulated: causes }) };
    }),
    usagePlans: plans.flatMap(({ plan }) => plan ?? []),
    ...(gatewayResponses.length > 0 && { gatewayResponses }),
    ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
  };
}

/** The methods, before the settings of the stage. */
function readRoutes(api: Resource, stage: Resource, resources: Resources): RestRouteDeployment[] {
  const methods = methodsOf(api, resources);
  const { stageVariables: variables } = stageVariablesOf(stage, 'variables');
  const arn = `${api.attributes['execution_arn'] as string}/${stage.attributes['stage_name'] as string}`;
  const routes = methods.map((method) =>
    readOrDescribe(
      method,
      () => readRoute(method, { arn, variables }, resources),
      (causes) => describeRoute(method, resources, causes),
    ),
  );
  checkUnique(
    'method',
    routes
      .map(({ routeKey }, index) => ({ routeKey, address: methods[index]?.address ?? '' }))
      .filter(({ routeKey }) => routeKey !== '$default'),
  );
  return routes;
}
