/** An API Gateway REST API (v1): resources, methods, integrations, a deployment, a stage, and permissions to invoke the functions. */
import { createHash } from 'node:crypto';
import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment';
import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings';
import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage';
import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { restAccessLogFormat } from './access-log';
import type { Cors } from './cors';
import { createInvokePermissions } from './invoke-permissions';
import type { LambdaAuthorizer } from './lambda-authorizer';
import { createAccessLogGroup } from './log-group';
import { named } from './named';
import { LIVE_ALIAS, type NodejsFunction } from './nodejs-function';
import { type RestApiAuth, RestApiAuthorizers } from './rest-api-authorizers';
import { RestApiCors } from './rest-api-cors';
import { RestApiResources } from './rest-api-resources';
import { BodyValidation } from './rest-api-validation';
import { type RouteExample, withExample } from './route-example';
import { routeName } from './route-name';
import { type Throttle, throttleSettings } from './throttle';

export interface RestApiRoute {
  /** An HTTP method such as GET, or ANY. */
  readonly method: string;
  /** Path in API Gateway's form, for example `/product/{id}` or `/{proxy+}`. */
  readonly path: string;
  readonly function: NodejsFunction;
  /** Who may call the method. @default none */
  readonly auth?: RestApiAuth;
  /** Limits of this method. @default the limits of the stage, which API Gateway applies to each method */
  readonly throttle?: Throttle | undefined;
  /** JSON Schema (draft 4) of the body. API Gateway answers 400 to other bodies. @default API Gateway does not check bodies */
  readonly bodySchema?: object | undefined;
  /** Example request. The console page of the local run fills its form with it. @default none */
  readonly example?: RouteExample | undefined;
}

export interface RestApiProps {
  readonly name: string;
  /** Name of the stage, which is the first segment of each URL's path. */
  readonly stage: string;
  readonly routes: readonly RestApiRoute[];
  /** Lambda authorizers by name. Routes name them in `auth`. @default none */
  readonly authorizers?: Readonly<Record<string, LambdaAuthorizer>>;
  /** ARNs of the Cognito user pools whose tokens routes with the auth `cognito` accept. @default no route may have this auth */
  readonly userPoolArns?: readonly string[] | undefined;
  /**
   * CORS of the preflight requests and of the errors of API Gateway. Functions set the headers of their own responses.
   * @default API Gateway answers 403 to preflight requests
   */
  readonly cors?: Cors | undefined;
  /** Whether callers must use a custom domain name: API Gateway answers 403 at the default endpoint. @default false */
  readonly disableDefaultEndpoint?: boolean;
  /**
   * Sustained limit of each method without limits of its own, in requests a second. API Gateway answers 429 above it, and applies
   * limits of a stage to each method (API Gateway developer guide, "Throttle requests to your REST APIs").
   */
  readonly throttleRate: number;
  /** Requests that may exceed the rate for a short time: the capacity of the throttle's token bucket. */
  readonly throttleBurst: number;
  /** Whether X-Ray traces requests. @default false */
  readonly xrayTracing?: boolean;
  /** Whether the API writes an access log. @default true */
  readonly accessLog?: boolean | undefined;
  /** Days until a line of the access log expires. */
  readonly logRetentionDays: number;
  /** ARN of the customer managed key that encrypts the access log. @default CloudWatch Logs encrypts it with its own key */
  readonly keyArn?: string | undefined;
}

/** Timeout of integrations: API Gateway's maximum for REST APIs. */
const INTEGRATION_TIMEOUT_MS = 29_000;

export class RestApi extends Construct {
  readonly resource: ApiGatewayRestApi;
  readonly stage: ApiGatewayStage;
  private readonly resources: RestApiResources;
  private readonly authorizers: RestApiAuthorizers;
  private readonly validation: BodyValidation;
  private readonly permissions: ReadonlyMap<string, LambdaPermission>;

  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: RestApiProps,
  ) {
    super(scope, id);
    this.resource = this.createApi();
    this.resources = new RestApiResources(this, this.resource);
    const { name: apiName, authorizers, userPoolArns } = props;
    const { id: restApiId, executionArn } = this.resource;
    this.authorizers = new RestApiAuthorizers(this, 'authorizers', {
      ...{ apiName, restApiId, executionArn, authorizers, userPoolArns },
    });
    this.validation = new BodyValidation(this, 'validation', { name: id, restApiId });
    // In the source ARN, `*` stands for path variables.
    const invokingRoutes = props.routes.map((route) => ({
      ...route,
      sourcePath: route.path.replace(/\{[^}]*\}/g, '*'),
    }));
    this.permissions = createInvokePermissions(this, executionArn, invokingRoutes);
    const deployed = props.routes.flatMap((route) => {
      const method = this.createMethod(route, this.resources.idOf(route.path));
      return [method, this.createIntegration(route, method)];
    });
    const deployment = this.createDeployment([...deployed, ...this.createCors()]);
    const { logRetentionDays: retentionDays, keyArn } = props;
    const hasLog = props.accessLog ?? true;
    const logGroup = hasLog ? createAccessLogGroup(this, { apiName: props.name, retentionDays, keyArn }) : undefined;
    this.stage = this.createStage(deployment, logGroup);
    const { throttleRate: rate, throttleBurst: burst } = props;
    named(this.createMethodSettings('method-settings', '*/*', { rate, burst }), this.id);
    for (const route of props.routes) {
      if (!route.throttle) continue;
      const name = routeName(route);
      named(this.createMethodSettings(`method-settings ${name}`, methodPath(route), route.throttle), name);
    }
  }

  /** Name of the stage, as a reference to its resource. */
  get stageName(): string {
    return this.stage.stageName;
  }

  /** The stage's address, without a trailing slash. */
  get url(): string {
    return this.stage.invokeUrl;
  }

  private createApi(): ApiGatewayRestApi {
    const api = new ApiGatewayRestApi(this, 'api', {
      name: this.props.name,
      endpointConfiguration: { types: ['REGIONAL'] },
      // Without the argument, Terraform would keep the endpoint of a REST API closed: the provider computes a missing value.
      disableExecuteApiEndpoint: this.props.disableDefaultEndpoint ?? false,
    });
    return named(api, this.id);
  }

  private createMethod(route: RestApiRoute, resourceId: string): ApiGatewayMethod {
    const method = new ApiGatewayMethod(this, `method ${routeName(route)}`, {
      restApiId: this.resource.id,
      resourceId,
      httpMethod: route.method,
      ...this.authorizers.settingsOf(route.auth ?? 'none'),
      apiKeyRequired: route.auth === 'apiKey',
      ...(route.bodySchema && this.validation.settingsOf(routeName(route), route.bodySchema)),
    });
    return named(withExample(method, route.example), routeName(route));
  }

  private createIntegration(route: RestApiRoute, method: ApiGatewayMethod): ApiGatewayIntegration {
    const permission = this.permissions.get(routeName(route));
    const integration = new ApiGatewayIntegration(this, `integration ${routeName(route)}`, {
      restApiId: this.resource.id,
      resourceId: method.resourceId,
      httpMethod: method.httpMethod,
      type: 'AWS_PROXY',
      // API Gateway always invokes Lambda with POST.
      integrationHttpMethod: 'POST',
      uri: route.function.alias.invokeArn,
      timeoutMilliseconds: INTEGRATION_TIMEOUT_MS,
      ...(permission && { dependsOn: [permission] }),
    });
    return named(integration, routeName(route));
  }

  /** Creates the answers to preflight requests. A path with a route for OPTIONS keeps it. @returns the resources to deploy */
  private createCors(): readonly ITerraformDependable[] {
    const { cors, routes } = this.props;
    if (!cors) return [];
    const methodsOf = (path: string) => routes.filter((route) => route.path === path).map(({ method }) => method);
    const paths = [...new Set(routes.map(({ path }) => path))]
      .map((path) => ({ path, resourceId: this.resources.idOf(path), methods: methodsOf(path) }))
      .filter(({ methods }) => !methods.includes('OPTIONS'));
    return new RestApiCors(this, 'cors', { restApiId: this.resource.id, cors, paths }).deployed;
  }

  /**
   * Creates the deployment. API Gateway serves changed resources, methods and integrations only after a new deployment, so each
   * change triggers one. Terraform creates it before it destroys the old one, because the stage always needs a deployment.
   */
  private createDeployment(dependsOn: ITerraformDependable[]): ApiGatewayDeployment {
    const definition = this.props.routes.map(({ method, path, function: target, bodySchema, auth }) => {
      const invoked = `${target.props.name}:${LIVE_ALIAS}`;
      const integration = { type: 'AWS_PROXY', function: invoked, timeout: INTEGRATION_TIMEOUT_MS };
      const authorization = this.authorizers.describe(auth ?? 'none');
      return { method, path, apiKeyRequired: auth === 'apiKey', bodySchema, integration, ...authorization };
    });
    const { cors, disableDefaultEndpoint } = this.props;
    // API Gateway closes the default endpoint only with a new deployment ("Disable the default endpoint for REST APIs").
    const others = [...(cors ? [{ cors }] : []), ...(disableDefaultEndpoint ? [{ disableDefaultEndpoint }] : [])];
    const content = JSON.stringify([...definition, ...others]);
    const deployment = new ApiGatewayDeployment(this, 'deployment', {
      restApiId: this.resource.id,
      triggers: { redeployment: createHash('sha256').update(content).digest('hex') },
      lifecycle: { createBeforeDestroy: true },
      dependsOn,
    });
    return named(deployment, this.id);
  }

  private createStage(deployment: ApiGatewayDeployment, logGroup: CloudwatchLogGroup | undefined): ApiGatewayStage {
    const stage = new ApiGatewayStage(this, 'stage', {
      restApiId: this.resource.id,
      deploymentId: deployment.id,
      stageName: this.props.stage,
      xrayTracingEnabled: this.props.xrayTracing ?? false,
      ...(logGroup && { accessLogSettings: { destinationArn: logGroup.arn, format: restAccessLogFormat } }),
    });
    return named(stage, this.id);
  }

  /**
   * Sets the throttle of one method, or of all methods without settings of their own. CloudWatch bills the metrics of single methods as
   * custom metrics. Alarms and dashboard use the metrics of the stage, which are free (API Gateway developer guide, "Amazon API
   * Gateway dimensions and metrics").
   */
  private createMethodSettings(id: string, methodPath: string, throttle: Throttle): ApiGatewayMethodSettings {
    return new ApiGatewayMethodSettings(this, id, {
      restApiId: this.resource.id,
      stageName: this.stage.stageName,
      methodPath,
      settings: { metricsEnabled: false, ...throttleSettings(throttle) },
    });
  }
}

/**
 * Names a method as its settings do: each slash of the path is `~1`, as in a JSON pointer, and the provider passes the text on
 * (hashicorp/terraform-provider-aws, issue 9738). `GET /items/{id}` becomes `~1items~1{id}/GET`.
 */
function methodPath({ method, path }: RestApiRoute): string {
  return `${path.replaceAll('/', '~1')}/${method}`;
}
