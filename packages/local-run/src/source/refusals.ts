/**
 * Collects what AWS or Terraform refuses of single resources. Routes that depend on such a resource answer 501; all other routes
 * run.
 */
import { DeploymentError } from '../model/deployment-error';
import type { NotSimulated } from '../model/not-simulated';
import type { Resource } from './terraform-json/resource';

export class Refusals {
  private readonly byAddress = new Map<string, NotSimulated[]>();

  get all(): NotSimulated[] {
    return [...this.byAddress.values()].flat();
  }

  /** @param reason a sentence that names the resource */
  add(address: string, reason: string): void {
    this.byAddress.set(address, [...(this.byAddress.get(address) ?? []), refusedPart(address, reason)]);
  }

  /** Reads a resource. @returns an empty list when AWS refuses the resource */
  read<T>({ address }: Resource, read: () => T): readonly T[] {
    try {
      return [read()];
    } catch (error) {
      if (!(error instanceof DeploymentError)) throw error;
      this.add(address, error.message);
      return [];
    }
  }

  /**
   * Adds the refusals to the causes of all resources that depend on refused resources.
   * @param dependenciesOf the addresses of the resources that a resource depends on, with its own address
   */
  addTo(resources: readonly Resource[], dependenciesOf: (address: string) => Iterable<string>): readonly Resource[] {
    if (this.byAddress.size === 0) return resources;
    return resources.map((resource) => {
      const added = [...dependenciesOf(resource.address)].flatMap((address) => this.byAddress.get(address) ?? []);
      return added.length === 0 ? resource : { ...resource, causes: [...resource.causes, ...added] };
    });
  }
}

export function refusedPart(address: string, reason: string): NotSimulated {
  return {
    address,
    refused: reason.replace(/\.$/, ''),
    supported: 'a configuration that AWS accepts',
    advice: 'A deployment to AWS would fail. Correct the configuration.',
  };
}
