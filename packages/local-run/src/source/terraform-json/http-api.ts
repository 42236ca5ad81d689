/** Reads HTTP APIs (aws_apigatewayv2_*). */
import type { CorsDeployment, HttpApiDeployment, HttpRouteDeployment } from '../../model/deployment';
import { ACCOUNT_THROTTLE, checkUnique, exampleOf, numberOf, openApiOf, type Resources } from './resources';
import { DeploymentError } from '../../model/deployment-error';
import { readCors } from './cors';
import { type NotSimulated, NotSimulatedError } from '../../model/not-simulated';
import { authorizationOf } from './http-api-authorizer';
import { accountOf, type StageSource, stagesOf, withStageVariables } from './api-stages';
import { mayInvoke } from './invocation-role';
import { readParameterMappings } from './parameter-mappings';
import { isDeployed, routeThrottles, stageSettings } from './http-api-stage';
import type { Resource } from './resource';
import { isUnknown } from './unknown';
import { readOrDescribe, unsimulatedRoute } from './read-or-describe';

export const HTTP_API = 'aws_apigatewayv2_api';

export const HTTP_STAGE = 'aws_apigatewayv2_stage';

/** Developer guide, "Create routes for HTTP APIs". */
const ROUTE_KEY = /^(\$default|(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) \/(?!.*\+\}.)\S*)$/;

/** @returns the API at each of its stages */
export function readHttpApi(api: Resource, resources: Resources): HttpApiDeployment[] {
  const id = api.attributes['id'];
  const describe = (stage: string) => (notSimulated: readonly NotSimulated[]) =>
    describeApi(api, stage, resources, notSimulated);
  return readOrDescribe<HttpApiDeployment[]>(
    api,
    () =>
      stagesOf(api, resources.where(HTTP_STAGE, 'api_id', id)).map((stage) =>
        readOrDescribe(stage, () => readStage(api, stage, resources), describe(String(stage.attributes['name']))),
      ),
    (notSimulated) => [describe('$default')(notSimulated)],
  );
}

/** An API that answers 501. */
function describeApi(
  api: Resource,
  stage: string,
  resources: Resources,
  notSimulated: readonly NotSimulated[],
): HttpApiDeployment {
  return {
    kind: 'http-api',
    address: api.address,
    id: api.attributes['id'] as string,
    name: String(api.attributes['name']),
    stage,
    throttle: ACCOUNT_THROTTLE,
    routes: routesOf(api, resources).map(({ attributes }) => unsimulatedRoute(attributes['route_key'], notSimulated)),
    notSimulated,
  };
}

function routesOf({ attributes }: Resource, resources: Resources): Resource[] {
  return resources.where('aws_apigatewayv2_route', 'api_id', attributes['id']);
}

function readStage(api: Resource, stage: Resource, resources: Resources): HttpApiDeployment {
  const settings = stageSettings(stage);
  const executionArn = api.attributes['execution_arn'] as string;
  const cors = corsOf(api);
  const routeResources = routesOf(api, resources);
  const source: StageSource = { arn: `${executionArn}/${settings.stage}`, variables: settings.stageVariables };
  const routes = routeResources.map((route) =>
    readOrDescribe<HttpRouteDeployment>(
      route,
      () => readRoute(route, source, resources),
      (causes) => unsimulatedRoute(route.attributes['route_key'], causes),
    ),
  );
  checkUnique(
    'route',
    routeResources
      .map(({ address, attributes }) => ({ address, routeKey: attributes['route_key'] as string }))
      .filter(({ routeKey }) => !isUnknown(routeKey)),
  );
  const throttles = routeThrottles(stage);
  // A route whose key is unknown can be the route of any setting.
  const hasUnknownKey = routeResources.some(({ attributes }) => isUnknown(attributes['route_key']));
  for (const key of throttles.keys()) {
    if (hasUnknownKey || routes.some(({ routeKey }) => routeKey === key)) continue;
    throw new DeploymentError(`${stage.address}: route_settings: ${JSON.stringify(key)} is not a route of this API.`);
  }
  return {
    kind: 'http-api',
    address: api.address,
    id: api.attributes['id'] as string,
    name: api.attributes['name'] as string,
    account: accountOf(executionArn),
    ...settings,
    ...openApiOf(api, resources),
    routes: isDeployed(stage) ? routes.map((route) => ({ ...route, ...throttles.get(route.routeKey) })) : [],
    ...(cors && { cors }),
  };
}

/** @throws DeploymentError for a configuration that CreateApi refuses (aws/aws-cdk, issue 9076) */
function corsOf(api: Resource): CorsDeployment | undefined {
  const cors = readCors(api, 'cors_configuration');
  if (!cors?.allowCredentials || !cors.allowOrigins.includes('*')) return cors;
  throw new DeploymentError(
    `${api.address}: API Gateway refuses allow_credentials with the origin *; list the origins.`,
  );
}

function readRoute(route: Resource, source: StageSource, resources: Resources): HttpRouteDeployment {
  const { address, attributes, comment } = route;
  const authorization = authorizationOf(route, resources, source.arn);
  const target = attributes['target'] as string;
  const integration = resources
    .ofType('aws_apigatewayv2_integration')
    .find((resource) => target === `integrations/${resource.attributes['id'] as string}`);
  if (!integration) {
    const supported = 'an integration of this stack';
    throw new NotSimulatedError([{ address, attribute: 'target', found: target, supported }]);
  }
  const uri = withStageVariables(integration, 'integration_uri', source.variables);
  const lambda = resources.functionAt(uri, integration.address, 'integration_uri');
  const routeKey = attributes['route_key'] as string;
  if (!ROUTE_KEY.test(routeKey)) {
    throw new DeploymentError(
      `${address}: route_key = ${JSON.stringify(routeKey)} must be "$default" or a method and a path, ` +
        'such as "GET /pets/{id}"; a greedy variable such as {proxy+} must be at the end.',
    );
  }
  return {
    routeKey,
    functionArn: lambda.attributes['arn'] as string,
    ...(lambda.qualifier !== undefined && { qualifier: lambda.qualifier }),
    payloadFormat: (integration.attributes['payload_format_version'] ?? '1.0') as '1.0' | '2.0',
    timeoutMs: numberOf(integration.address, integration.attributes, 'timeout_milliseconds', 30_000),
    permitted: mayInvoke(
      integration,
      'credentials_arn',
      `${source.arn}/${routeKey.replace(/^ANY /, '* ').replace(' ', '')}`,
      lambda,
      resources,
    ),
    ...(authorization && { authorization }),
    ...readParameterMappings(integration),
    ...exampleOf(comment),
  };
}
