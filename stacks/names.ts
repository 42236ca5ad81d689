/** The names of resources: two environments, or two prefixes, can stand in one account. */
import type { Settings } from './settings';

/**
 * The name of a system's part, or of the system's one resource of its kind (`product`): `http-crud-tutorial-items`; in another environment than `default`
 * `http-crud-tutorial-staging-items`; with a prefix `acme-http-crud-tutorial-items`.
 */
export function resourceName({ namePrefix, environment }: Settings, system: string, part = ''): string {
  const inserted = environment === 'default' ? '' : environment;
  return [namePrefix, system, inserted, part].filter((word) => word !== '').join('-');
}
