/** Compares the routes that the stage of a REST API serves with the routes that the API has. */
import {
  APIGatewayClient,
  GetDeploymentCommand,
  GetStageCommand,
  paginateGetResources,
} from '@aws-sdk/client-api-gateway';

/** Methods by path: `/product` -> `GET`, `POST`. */
type Routes = ReadonlyMap<string, ReadonlySet<string>>;

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
   * Lists the routes that a stage still serves although the API no longer has them, for example after an interrupted deployment.
   * @returns routes such as `DELETE /product/{id}`, sorted
   * @throws Error when API Gateway does not answer, or refuses a request
   */
  async removed(restApiId: string, stageName: string): Promise<string[]> {
    try {
      return await this.compare(restApiId, stageName);
    } catch (error) {
      const { name, message } = error as Error;
      throw new Error(
        `The stacks are deployed, but the routes of the stage ${stageName} of the API ${restApiId} cannot be read: ${name}: ` +
          `${message}. If a removed route answers 500, repeat npm run deploy.`,
      );
    }
  }

  private async compare(restApiId: string, stageName: string): Promise<string[]> {
    const { deploymentId } = await this.client.send(new GetStageCommand({ restApiId, stageName }));
    const { apiSummary = {} } = await this.client.send(
      new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
    );
    const routes = await this.routes(restApiId);
    return Object.entries(apiSummary)
      .flatMap(([path, methods]) =>
        Object.keys(methods).flatMap((method) => (has(routes, method, path) ? [] : [`${method} ${path}`])),
      )
      .sort();
  }

  private async routes(restApiId: string): Promise<Routes> {
    const routes = new Map<string, ReadonlySet<string>>();
    const input = { restApiId, embed: ['methods'] };
    for await (const { items = [] } of paginateGetResources({ client: this.client, pageSize: PAGE_SIZE }, input)) {
      for (const { path = '', resourceMethods = {} } of items) routes.set(path, new Set(Object.keys(resourceMethods)));
    }
    return routes;
  }
}

function has(routes: Routes, method: string, path: string): boolean {
  const methods = routes.get(path);
  return methods !== undefined && (methods.has(method) || methods.has('ANY'));
}
