/** An API Gateway REST API (v1): resources and methods to functions, a deployment, its stage, and one permission a method. */
import { createHash } from 'node:crypto';
import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment';
import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings';
import { ApiGatewayModel } from '@cdktf/provider-aws/lib/api-gateway-model';
import { ApiGatewayRequestValidator } from '@cdktf/provider-aws/lib/api-gateway-request-validator';
import { ApiGatewayResource } from '@cdktf/provider-aws/lib/api-gateway-resource';
import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { restAccessLogFormat } from './access-log';
import { type RouteExample, withExample } from './example';
import { named } from './named';
import type { NodejsFunction } from './nodejs-function';
import { pathName, routeName } from './route-name';

export interface RestApiRoute {
  /** GET, PUT, ..., or ANY. */
  readonly method: string;
  /** For example `/product/{id}`, or `/{proxy+}`. */
  readonly path: string;
  readonly function: NodejsFunction;
  /** JSON Schema of the body; with it API Gateway refuses other bodies itself. @default bodies are passed on unseen */
  readonly bodySchema?: object | undefined;
  /** What the local run's console page puts into the form for it. @default nothing */
  readonly example?: RouteExample | undefined;
}

export interface RestApiProps {
  readonly name: string;
  /** The stage's name, and so the first segment of every path. */
  readonly stage: string;
  readonly routes: readonly RestApiRoute[];
  /** Whether every method wants an API key. @default false */
  readonly apiKeyRequired?: boolean;
  /** Requests a second, over all methods, that are let through in the long run. */
  readonly throttleRate: number;
  /** Requests at once, on top of the rate, before 429. */
  readonly throttleBurst: number;
  /** Whether X-Ray traces requests. @default false */
  readonly xrayTracing?: boolean;
  /** Days that access log lines are kept. */
  readonly logRetentionDays: number;
}

/** API Gateway waits this long for an integration at most, in ms. */
const TIMEOUT_MS = 29_000;

export class RestApi extends Construct {
  readonly resource: ApiGatewayRestApi;
  readonly stage: ApiGatewayStage;
  private readonly resources = new Map<string, ApiGatewayResource>();
  private validator: ApiGatewayRequestValidator | undefined;

  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: RestApiProps,
  ) {
    super(scope, id);
    this.resource = this.createApi();
    const deployed = props.routes.flatMap((route) => {
      this.createPermission(route);
      const method = this.createMethod(route, this.resourceId(route.path));
      return [method, this.createIntegration(route, method)];
    });
    const deployment = this.createDeployment(deployed);
    this.stage = this.createStage(deployment, this.createLogGroup());
    this.createMethodSettings();
  }

  /** The stage's address, without a trailing slash. */
  get url(): string {
    return this.stage.invokeUrl;
  }

  private createApi(): ApiGatewayRestApi {
    const api = new ApiGatewayRestApi(this, 'api', {
      name: this.props.name,
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    return named(api, this.id);
  }

  /** The id of a path's resource; those above it are made with it. */
  private resourceId(path: string): string {
    const [, parent = '', part = ''] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
    if (part === '') return this.resource.rootResourceId;
    const existing = this.resources.get(path);
    if (existing) return existing.id;
    const resource = new ApiGatewayResource(this, `resource ${path}`, {
      restApiId: this.resource.id,
      parentId: this.resourceId(parent),
      pathPart: part,
    });
    const twin = [...this.resources.keys()].find((other) => pathName(other) === pathName(path));
    // Their Terraform names would be one, and of the resources one would be lost.
    if (twin !== undefined) throw new Error(`The paths ${twin} and ${path} differ too little; change one of them.`);
    this.resources.set(path, named(resource, pathName(path)));
    return resource.id;
  }

  private createMethod(route: RestApiRoute, resourceId: string): ApiGatewayMethod {
    const method = new ApiGatewayMethod(this, `method ${routeName(route)}`, {
      restApiId: this.resource.id,
      resourceId,
      httpMethod: route.method,
      authorization: 'NONE',
      apiKeyRequired: this.props.apiKeyRequired ?? false,
      ...(route.bodySchema && this.validation(route, route.bodySchema)),
    });
    return named(withExample(method, route.example), routeName(route));
  }

  /** One validator for all methods; a model a method. */
  private validation(route: RestApiRoute, schema: object) {
    this.validator ??= named(
      new ApiGatewayRequestValidator(this, 'validator', {
        restApiId: this.resource.id,
        name: 'body',
        validateRequestBody: true,
      }),
      this.id,
    );
    const model = new ApiGatewayModel(this, `model ${routeName(route)}`, {
      restApiId: this.resource.id,
      // Model names are alphanumeric.
      name: routeName(route).replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      contentType: 'application/json',
      schema: JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', ...schema }),
    });
    return {
      requestValidatorId: this.validator.id,
      requestModels: { 'application/json': named(model, routeName(route)).name },
    };
  }

  private createIntegration(route: RestApiRoute, method: ApiGatewayMethod): ApiGatewayIntegration {
    const integration = new ApiGatewayIntegration(this, `integration ${routeName(route)}`, {
      restApiId: this.resource.id,
      resourceId: method.resourceId,
      httpMethod: method.httpMethod,
      type: 'AWS_PROXY',
      // How API Gateway calls Lambda, whatever the method.
      integrationHttpMethod: 'POST',
      uri: route.function.resource.invokeArn,
      timeoutMilliseconds: TIMEOUT_MS,
    });
    return named(integration, routeName(route));
  }

  /**
   * Callers see a change of resources, methods or integrations only with a new deployment; it is
   * made whenever anything of them changes, before the old one goes, as the stage needs one.
   */
  private createDeployment(dependsOn: ITerraformDependable[]): ApiGatewayDeployment {
    const { routes, apiKeyRequired = false } = this.props;
    const definition = routes.map(({ method, path, function: target, bodySchema }) => {
      const integration = { type: 'AWS_PROXY', function: target.props.name, timeout: TIMEOUT_MS };
      return { method, path, apiKeyRequired, bodySchema, integration };
    });
    const deployment = new ApiGatewayDeployment(this, 'deployment', {
      restApiId: this.resource.id,
      triggers: { redeployment: createHash('sha256').update(JSON.stringify(definition)).digest('hex') },
      lifecycle: { createBeforeDestroy: true },
      dependsOn,
    });
    return named(deployment, this.id);
  }

  private createLogGroup(): CloudwatchLogGroup {
    const group = new CloudwatchLogGroup(this, 'log-group', {
      name: `/aws/vendedlogs/apigateway/${this.props.name}`,
      retentionInDays: this.props.logRetentionDays,
    });
    return named(group, this.id);
  }

  private createStage(deployment: ApiGatewayDeployment, logGroup: CloudwatchLogGroup): ApiGatewayStage {
    const stage = new ApiGatewayStage(this, 'stage', {
      restApiId: this.resource.id,
      deploymentId: deployment.id,
      stageName: this.props.stage,
      xrayTracingEnabled: this.props.xrayTracing ?? false,
      accessLogSettings: { destinationArn: logGroup.arn, format: restAccessLogFormat },
    });
    return named(stage, this.id);
  }

  /** Metrics and throttles of all methods. */
  private createMethodSettings(): void {
    const settings = new ApiGatewayMethodSettings(this, 'method-settings', {
      restApiId: this.resource.id,
      stageName: this.stage.stageName,
      methodPath: '*/*',
      settings: {
        metricsEnabled: true,
        throttlingRateLimit: this.props.throttleRate,
        throttlingBurstLimit: this.props.throttleBurst,
      },
    });
    named(settings, this.id);
  }

  /** Lets this API invoke the function for this method alone. A REST API puts `*` for a path's variables. */
  private createPermission(route: RestApiRoute): void {
    const method = route.method === 'ANY' ? '*' : route.method;
    const path = route.path.replace(/\{[^}]*\}/g, '*');
    const permission = new LambdaPermission(this, `permission ${routeName(route)}`, {
      statementId: routeName(route),
      action: 'lambda:InvokeFunction',
      functionName: route.function.name,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${this.resource.executionArn}/*/${method}${path}`,
    });
    named(permission, routeName(route));
  }
}
