/** Names of resources. They differ by environment and prefix, so that several deployments fit in one account. */
import type { Settings } from './settings';
import { PROJECT } from './tags';

/**
 * The name of a system's part, or of the system's one resource of its kind (`product`): `http-crud-tutorial-items`; in another environment than `default`
 * `http-crud-tutorial-staging-items`; with a prefix `acme-http-crud-tutorial-items`.
 */
export function resourceName(settings: Settings, system: string, part = ''): string {
  const { environment } = settings;
  return joined(nameStart(settings, system), environment === 'default' ? '' : environment, part);
}

/** What a system's names start with in every environment: `acme-http-crud-tutorial`. */
export function nameStart({ namePrefix }: Settings, system: string): string {
  return joined(namePrefix, system);
}

function joined(...words: string[]): string {
  return words.filter((word) => word !== '').join('-');
}

/**
 * The key of a stack's state: `cdktf-serverless-crud/default/items/terraform.tfstate`, with a prefix
 * `acme/default/items/terraform.tfstate`. Each setting that changes the names of resources changes the key too: two deployments
 * never share a state. The pipeline's roles may use the folder of their prefix only.
 */
export function stateKey({ namePrefix, environment }: Settings, stack: string): string {
  return [namePrefix === '' ? PROJECT : namePrefix, environment, stack, 'terraform.tfstate'].join('/');
}
