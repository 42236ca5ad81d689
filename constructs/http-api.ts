/** An API Gateway HTTP API (v2): routes to functions, the `$default` stage, and a permission for each route. */
import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import { httpAccessLogFormat } from './access-log';
import { type RouteExample, withExample } from './example';
import { createLogGroup } from './log-group';
import { named } from './named';
import type { NodejsFunction } from './nodejs-function';
import { routeName } from './route-name';

export interface HttpApiRoute {
  /** An HTTP method such as GET, or ANY. */
  readonly method: string;
  /** For example `/items/{id}`, or `/{proxy+}`. */
  readonly path: string;
  readonly function: NodejsFunction;
  /** Example of a request, which the local run's console page fills its form with. @default none */
  readonly example?: RouteExample | undefined;
}

export interface HttpApiProps {
  readonly name: string;
  readonly routes: readonly HttpApiRoute[];
  /** Sustained limit of all routes together, in requests a second. Above it callers get 429. */
  readonly throttleRate: number;
  /** Number of concurrent requests that may exceed the rate for a short time. */
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
    const logGroup = createLogGroup(this, {
      // Groups with this prefix stay out of the resource policy of limited length in which AWS lists all others.
      name: `/aws/vendedlogs/apigateway/${props.name}`,
      retentionDays: props.logRetentionDays,
    });
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

  /** Routes to the same function share an integration. */
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
   * Lets this API invoke the function for this route only. The source ARN of an HTTP API has the declared path
   * with its variables, for example `/items/{id}`. `*` stands for the stage.
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
      // Set both: a missing value counts as 0, and every call gets 429.
      defaultRouteSettings: {
        throttlingRateLimit: this.props.throttleRate,
        throttlingBurstLimit: this.props.throttleBurst,
      },
      accessLogSettings: { destinationArn: logGroup.arn, format: httpAccessLogFormat },
    });
    named(stage, 'default');
  }
}
