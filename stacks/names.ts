/** The names of resources: two environments, or two prefixes, can stand in one account. */
import type { Settings } from './settings';

/**
 * The name of a system's part: `http-crud-tutorial-items`; in another environment than `default`
 * `http-crud-tutorial-staging-items`; with a prefix `acme-http-crud-tutorial-items`.
 */
export function resourceName({ namePrefix, environment }: Settings, system: string, part: string): string {
  const inserted = environment === 'default' ? '' : environment;
  return [namePrefix, system, inserted, part].filter((word) => word !== '').join('-');
}
