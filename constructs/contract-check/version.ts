/** Checks that an ETag names one state of one item. */
import type { ContractFacts } from './contract-facts';
import type { Place } from './place';
import type { RoutePlace } from './routes';

/**
 * Reports a version without a time of creation where keys recur. An item that is deleted and created again has
 * version 1 again, so the old ETag would match the new item.
 */
export function checkVersion(contract: Place, routes: readonly RoutePlace[], { fields, key }: ContractFacts): void {
  const [version] = fields.ofKind('version');
  if (version === undefined || !key || fields.ofKind('createdAt').length > 0) return;
  const generated = fields.ofKind('uuid', 'random');
  if (key.some((name) => generated.includes(name)) && !routes.some(repeatsKeys)) return;
  contract
    .field('managed')
    .fault(
      `has a version and no createdAt: an item that is created again would match an old ETag; add createdAt: 'createdAt'`,
    );
}

/** Whether a route can create an item with a key that an item had before. */
function repeatsKeys({ place }: RoutePlace): boolean {
  if (place.field('operation').value === 'replace') return place.field('create').value !== false;
  return place.field('idempotency').value === true;
}
