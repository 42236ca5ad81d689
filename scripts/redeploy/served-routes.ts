/** Compares the routes that the stage of a REST API serves with the routes that the API has. */
import {
  APIGatewayClient,
  GetDeploymentCommand,
  GetStageCommand,
  paginateGetResources,
} from '@aws-sdk/client-api-gateway';

/** Methods by path: `/product` -> `GET`, `POST`. */
type Routes = ReadonlyMap<string, ReadonlySet<string>>;

/** The differences between a stage and its API. Routes such as `DELETE /product/{id}`, sorted. */
export interface RouteDifference {
  /** Routes that the stage still serves although the API no longer has them. */
  readonly removed: readonly string[];
  /** Routes that the API has, but that the stage does not serve: a new deployment would publish them. */
  readonly unpublished: readonly string[];
}

/** API Gateway's maximum for a page of resources. */
const PAGE_SIZE = 500;

export class ServedRoutes {
  private readonly client: APIGatewayClient;

  constructor(region: string) {
    // Turns off the SDK's warning about Node.js 20, which this project supports.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    this.client = new APIGatewayClient({ region });
  }

  /**
   * Compares the deployment of a stage with its API. They differ, for example, after an interrupted deployment.
   * @throws Error when API Gateway does not answer, refuses a request, or does not list the routes of the deployment
   */
  async compare(restApiId: string, stageName: string): Promise<RouteDifference> {
    try {
      const [served, routes] = [await this.served(restApiId, stageName), await this.routes(restApiId)];
      return {
        removed: select(served, (path, method) => !has(routes, path, method) && !has(routes, path, 'ANY')),
        unpublished: select(routes, (path, method) => !has(served, path, method)),
      };
    } catch (error) {
      const { name, message } = error as Error;
      throw new Error(
        `Cannot compare the stage ${stageName} with its REST API ${restApiId}: ${name}: ${message}. Removed routes may answer ` +
          '500. Check the AWS credentials, which need apigateway:GET on the API, and repeat the command.',
      );
    }
  }

  private async served(restApiId: string, stageName: string): Promise<Routes> {
    const { deploymentId } = await this.client.send(new GetStageCommand({ restApiId, stageName }));
    const input = { restApiId, deploymentId, embed: ['apisummary'] };
    const { apiSummary } = await this.client.send(new GetDeploymentCommand(input));
    // Without the check, removed routes would pass unnoticed. API Gateway refuses to deploy an API without methods.
    if (!apiSummary) throw new Error(`the deployment ${deploymentId} has no summary of its routes`);
    return new Map(Object.entries(apiSummary).map(([path, methods]) => [path, methodsOf(methods)]));
  }

  private async routes(restApiId: string): Promise<Routes> {
    const routes = new Map<string, ReadonlySet<string>>();
    const input = { restApiId, embed: ['methods'] };
    for await (const { items = [] } of paginateGetResources({ client: this.client, pageSize: PAGE_SIZE }, input)) {
      for (const { path = '', resourceMethods = {} } of items) routes.set(path, methodsOf(resourceMethods));
    }
    return routes;
  }
}

function methodsOf(methods: object): ReadonlySet<string> {
  return new Set(Object.keys(methods));
}

/** Lists routes. @param isIncluded whether to list a route */
function select(routes: Routes, isIncluded: (path: string, method: string) => boolean): string[] {
  return [...routes]
    .flatMap(([path, methods]) =>
      [...methods].filter((method) => isIncluded(path, method)).map((name) => `${name} ${path}`),
    )
    .sort();
}

function has(routes: Routes, path: string, method: string): boolean {
  return routes.get(path)?.has(method) ?? false;
}
