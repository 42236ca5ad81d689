/** Makes names of resources. Names contain the prefix and the environment, so one account can hold several deployments. */
import type { Settings } from './settings';
import { PROJECT } from './tags';

/**
 * Makes the name of a resource from the prefix, the start, the environment and the end. Leaves out the environment `default`.
 * @param start start of the name, in most cases the name of the API
 * @param end kind of the resource, if the start is not enough
 * @example
 * resourceName(settings, 'http-crud-tutorial', 'items'); // http-crud-tutorial-items
 * // With the prefix `acme` in the environment `staging`: acme-http-crud-tutorial-staging-items
 */
export function resourceName(settings: Settings, start: string, end = ''): string {
  const { environment } = settings;
  return joinWords(nameStem(settings, start), environment === 'default' ? '' : environment, end);
}

/** Returns the part of a resource's name that is the same in all environments: `acme-http-crud-tutorial`. */
export function nameStem({ namePrefix }: Settings, start: string): string {
  return joinWords(namePrefix, start);
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
