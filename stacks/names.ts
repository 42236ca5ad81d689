/** Makes names of resources. Names contain the prefix and the environment, so one account can hold several deployments. */
import type { Settings } from './settings';
import { PROJECT } from './tags';

/**
 * Makes the name of a resource from the prefix, the system, the environment and the part. Leaves out the environment `default`.
 * @param part name of the resource within its system; empty when the name of the system is enough
 * @example
 * resourceName(settings, 'http-crud-tutorial', 'items'); // http-crud-tutorial-items
 * // With the prefix `acme` in the environment `staging`: acme-http-crud-tutorial-staging-items
 */
export function resourceName(settings: Settings, system: string, part = ''): string {
  const { environment } = settings;
  return joinWords(nameStem(settings, system), environment === 'default' ? '' : environment, part);
}

/** Returns the start of a system's resource names, which is the same in all environments: `acme-http-crud-tutorial`. */
export function nameStem({ namePrefix }: Settings, system: string): string {
  return joinWords(namePrefix, system);
}

function joinWords(...words: string[]): string {
  return words.filter((word) => word !== '').join('-');
}

/**
 * Makes the S3 key of a stack's state: `cdktf-serverless-crud/default/items/terraform.tfstate`, or
 * `acme/default/items/terraform.tfstate` with the prefix `acme`.
 * Each setting that changes resource names changes the key too, so two deployments never share a state.
 * The prefix comes first, because the pipeline's roles may use only the folder of their prefix.
 */
export function stateKey({ namePrefix, environment }: Settings, stack: string): string {
  return [namePrefix === '' ? PROJECT : namePrefix, environment, stack, 'terraform.tfstate'].join('/');
}
