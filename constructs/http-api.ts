/** An API Gateway HTTP API (v2): routes, integrations, the `$default` stage, and a permission for each route. */
import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import { httpAccessLogFormat } from './access-log';
import { type RouteExample, withExample } from './route-example';
import { createAccessLogGroup } from './log-group';
import { named } from './named';
import type { NodejsFunction } from './nodejs-function';
import { routeName } from './route-name';

export interface HttpApiRoute {
  /** An HTTP method such as GET, or ANY. */
  readonly method: string;
  /** Path in API Gateway's form, for example `/items/{id}` or `/{proxy+}`. */
  readonly path: string;
  readonly function: NodejsFunction;
  /** Example request. The console page of the local run fills its form with it. @default none */
  readonly example?: RouteExample | undefined;
}

export interface HttpApiProps {
  readonly name: string;
  readonly routes: readonly HttpApiRoute[];
  /** Sustained limit of all routes together, in requests a second. API Gateway answers 429 to requests above it. */
  readonly throttleRate: number;
  /** Requests that may exceed the rate for a short time: the capacity of the throttle's token bucket. */
  readonly throttleBurst: number;
  /** Days until a line of the access log expires. */
  readonly logRetentionDays: number;
}

export class HttpApi extends Construct {
  readonly resource: Apigatewayv2Api;
  private readonly integrations = new Map<NodejsFunction, Apigatewayv2Integration>();

  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: HttpApiProps,
  ) {
    super(scope, id);
    this.resource = this.createApi();
    for (const route of props.routes) {
      this.createRoute(route);
      this.createPermission(route);
    }
    const logGroup = createAccessLogGroup(this, { apiName: props.name, retentionDays: props.logRetentionDays });
    this.createStage(logGroup);
  }

  /** The API's address, without a trailing slash: the `$default` stage adds no path. */
  get url(): string {
    return this.resource.apiEndpoint;
  }

  private createApi(): Apigatewayv2Api {
    const api = new Apigatewayv2Api(this, 'api', { name: this.props.name, protocolType: 'HTTP' });
    return named(api, this.id);
  }

  private createRoute(route: HttpApiRoute): void {
    const resource = new Apigatewayv2Route(this, `route ${routeName(route)}`, {
      apiId: this.resource.id,
      routeKey: `${route.method} ${route.path}`,
      target: `integrations/${this.integration(route.function).id}`,
    });
    named(withExample(resource, route.example), routeName(route));
  }

  /** Returns the integration of a function. Routes to the same function share it. */
  private integration(target: NodejsFunction): Apigatewayv2Integration {
    const existing = this.integrations.get(target);
    if (existing) return existing;
    const integration = new Apigatewayv2Integration(this, `integration ${target.node.id}`, {
      apiId: this.resource.id,
      integrationType: 'AWS_PROXY',
      integrationUri: target.resource.invokeArn,
      payloadFormatVersion: '2.0',
    });
    this.integrations.set(target, integration);
    return named(integration, target.node.id);
  }

  /**
   * Lets this API invoke the function for this route only. The source ARN contains the path of the route with its
   * variables, for example `/items/{id}`. The `*` before the method stands for all stages.
   */
  private createPermission(route: HttpApiRoute): void {
    const method = route.method === 'ANY' ? '*' : route.method;
    const permission = new LambdaPermission(this, `permission ${routeName(route)}`, {
      statementId: routeName(route),
      action: 'lambda:InvokeFunction',
      functionName: route.function.name,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${this.resource.executionArn}/*/${method}${route.path}`,
    });
    named(permission, routeName(route));
  }

  private createStage(logGroup: CloudwatchLogGroup): void {
    const stage = new Apigatewayv2Stage(this, 'stage', {
      apiId: this.resource.id,
      name: '$default',
      autoDeploy: true,
      // Set both limits: API Gateway takes a missing limit as 0 and answers 429 to all requests.
      defaultRouteSettings: {
        throttlingRateLimit: this.props.throttleRate,
        throttlingBurstLimit: this.props.throttleBurst,
      },
      accessLogSettings: { destinationArn: logGroup.arn, format: httpAccessLogFormat },
    });
    named(stage, 'default');
  }
}
