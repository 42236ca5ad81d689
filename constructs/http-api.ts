/** An API Gateway HTTP API (v2): routes, integrations, the `$default` stage, and permissions to invoke the functions. */
import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import { httpAccessLogFormat } from './access-log';
import type { Cors } from './cors';
import { type HttpApiAuth, HttpApiAuthorizers, type JwtIssuer } from './http-api-authorizers';
import { createInvokePermissions } from './invoke-permissions';
import type { LambdaAuthorizer } from './lambda-authorizer';
import { literal } from './literal';
import { type RouteExample, withExample } from './route-example';
import { createAccessLogGroup } from './log-group';
import { named } from './named';
import type { NodejsFunction } from './nodejs-function';
import { routeName } from './route-name';
import { type Throttle, throttleSettings } from './throttle';

export interface HttpApiRoute {
  /** An HTTP method such as GET, or ANY. */
  readonly method: string;
  /** Path in API Gateway's form, for example `/items/{id}` or `/{proxy+}`. */
  readonly path: string;
  readonly function: NodejsFunction;
  /** Who may call the route. @default none @example { jwt: ['notes:delete'] } */
  readonly auth?: HttpApiAuth;
  /** Limits of this route. @default the limits of the stage, which API Gateway applies to each route */
  readonly throttle?: Throttle | undefined;
  /** Example request. The console page of the local run fills its form with it. @default none */
  readonly example?: RouteExample | undefined;
}

export interface HttpApiProps {
  readonly name: string;
  readonly routes: readonly HttpApiRoute[];
  /** Issuer and audience of the tokens that routes with the auth `jwt` accept. @default no route may have this auth */
  readonly jwt?: JwtIssuer | undefined;
  /** Lambda authorizers by name. Routes name them in `auth`. @default none */
  readonly authorizers?: Readonly<Record<string, LambdaAuthorizer>>;
  /**
   * CORS of the API. API Gateway answers preflight requests, and sets the headers of all responses.
   * @default API Gateway sends no CORS headers and passes preflight requests to routes
   */
  readonly cors?: Cors | undefined;
  /** Whether callers must use a custom domain name: API Gateway answers 404 at the default endpoint. @default false */
  readonly disableDefaultEndpoint?: boolean;
  /** Sustained limit of each route without limits of its own, in requests a second. API Gateway answers 429 above it. */
  readonly throttleRate: number;
  /** Requests that may exceed the rate for a short time: the capacity of the throttle's token bucket. */
  readonly throttleBurst: number;
  /** Whether the API writes an access log. @default true */
  readonly accessLog?: boolean | undefined;
  /** Days until a line of the access log expires. */
  readonly logRetentionDays: number;
  /** ARN of the customer managed key that encrypts the access log. @default CloudWatch Logs encrypts it with its own key */
  readonly keyArn?: string | undefined;
}

export class HttpApi extends Construct {
  readonly resource: Apigatewayv2Api;
  /** Name of the stage, as a reference to its resource. */
  readonly stageName: string;
  private readonly integrations = new Map<NodejsFunction, Apigatewayv2Integration>();
  private readonly throttledRoutes: { readonly route: Apigatewayv2Route; readonly throttle: Throttle }[] = [];
  private readonly authorizers: HttpApiAuthorizers;
  private readonly permissions: ReadonlyMap<string, LambdaPermission>;

  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: HttpApiProps,
  ) {
    super(scope, id);
    this.resource = this.createApi();
    const { name, jwt, authorizers } = props;
    const { id: apiId, executionArn } = this.resource;
    this.authorizers = new HttpApiAuthorizers(this, 'authorizers', {
      apiName: name,
      apiId,
      executionArn,
      jwt,
      authorizers,
    });
    // The source ARN contains the path of the route with its variables, for example `/items/{id}`.
    const invokingRoutes = props.routes.map((route) => ({ ...route, sourcePath: route.path }));
    this.permissions = createInvokePermissions(this, this.resource.executionArn, invokingRoutes);
    for (const route of props.routes) this.createRoute(route);
    const { logRetentionDays: retentionDays, keyArn, accessLog = true } = props;
    const logGroup = accessLog ? createAccessLogGroup(this, { apiName: props.name, retentionDays, keyArn }) : undefined;
    this.stageName = this.createStage(logGroup).name;
  }

  /** The API's address, without a trailing slash: the `$default` stage adds no path. */
  get url(): string {
    return this.resource.apiEndpoint;
  }

  private createApi(): Apigatewayv2Api {
    const { name, cors, routes } = this.props;
    const methods = [...new Set(routes.map(({ method }) => method))].sort();
    const api = new Apigatewayv2Api(this, 'api', {
      name,
      protocolType: 'HTTP',
      disableExecuteApiEndpoint: this.props.disableDefaultEndpoint ?? false,
      ...(cors && { corsConfiguration: corsConfiguration(cors, methods) }),
    });
    return named(api, this.id);
  }

  private createRoute(route: HttpApiRoute): void {
    const resource = new Apigatewayv2Route(this, `route ${routeName(route)}`, {
      apiId: this.resource.id,
      routeKey: `${route.method} ${route.path}`,
      target: `integrations/${this.integration(route.function).id}`,
      ...this.authorizers.settingsOf(route.auth ?? 'none'),
    });
    named(withExample(resource, route.example), routeName(route));
    if (route.throttle) this.throttledRoutes.push({ route: resource, throttle: route.throttle });
  }

  /** Returns the integration of a function. Routes to the same function share it. */
  private integration(target: NodejsFunction): Apigatewayv2Integration {
    const existing = this.integrations.get(target);
    if (existing) return existing;
    const routes = this.props.routes.filter((route) => route.function === target);
    const permissions = new Set(routes.flatMap((route) => this.permissions.get(routeName(route)) ?? []));
    const integration = new Apigatewayv2Integration(this, `integration ${target.node.id}`, {
      apiId: this.resource.id,
      integrationType: 'AWS_PROXY',
      integrationUri: target.alias.invokeArn,
      payloadFormatVersion: '2.0',
      dependsOn: [...permissions],
    });
    this.integrations.set(target, integration);
    return named(integration, target.node.id);
  }

  private createStage(logGroup: CloudwatchLogGroup | undefined): Apigatewayv2Stage {
    const { throttleRate: rate, throttleBurst: burst } = this.props;
    const stage = new Apigatewayv2Stage(this, 'stage', {
      apiId: this.resource.id,
      name: '$default',
      autoDeploy: true,
      defaultRouteSettings: throttleSettings({ rate, burst }),
      ...(this.throttledRoutes.length > 0 && {
        // The reference makes Terraform create the route first: API Gateway refuses settings of routes that do not exist.
        routeSettings: this.throttledRoutes.map(({ route, throttle }) => ({
          routeKey: route.routeKey,
          ...throttleSettings(throttle),
        })),
      }),
      ...(logGroup && { accessLogSettings: { destinationArn: logGroup.arn, format: httpAccessLogFormat } }),
    });
    return named(stage, 'default');
  }
}

function corsConfiguration(cors: Cors, methods: readonly string[]) {
  return {
    allowOrigins: cors.origins.map(literal),
    allowMethods: methods.includes('ANY') ? ['*'] : [...methods],
    allowHeaders: [...cors.headers],
    exposeHeaders: [...cors.exposedHeaders],
    ...(cors.credentials === true && { allowCredentials: true }),
    maxAge: cors.maxAgeSeconds,
  };
}
