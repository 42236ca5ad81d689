/** The resources of a REST API: one for each segment of its paths. */
import { ApiGatewayResource } from '@cdktf/provider-aws/lib/api-gateway-resource';
import type { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import type { Construct } from 'constructs';
import { named } from './named';
import { resourceName } from './route-name';

export class RestApiResources {
  private readonly resources = new Map<string, ApiGatewayResource>();

  /** @param scope the construct of the API, to which the resources belong */
  constructor(
    private readonly scope: Construct,
    private readonly api: ApiGatewayRestApi,
  ) {}

  /**
   * Returns the id of a path's resource. Creates the resource and its parents if needed.
   * @throws Error when another path has the same Terraform name
   */
  idOf(path: string): string {
    const [, parent = '', part = ''] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
    if (part === '') return this.api.rootResourceId;
    const existing = this.resources.get(path);
    if (existing) return existing.id;
    const resource = new ApiGatewayResource(this.scope, `resource ${path}`, {
      restApiId: this.api.id,
      parentId: this.idOf(parent),
      pathPart: part,
    });
    const name = resourceName(path);
    const other = [...this.resources.keys()].find((existingPath) => resourceName(existingPath) === name);
    // One resource would overwrite the other in Terraform's JSON.
    if (other !== undefined) {
      throw new Error(`The paths ${other} and ${path} both have the Terraform name ${name}. Change one of them.`);
    }
    this.resources.set(path, named(resource, name));
    return resource.id;
  }
}
