/** Contracts without faults, copies of contracts with changes, and the faults of these copies. */
import { faultText } from '../../../constructs/contract-check/contract-error';
import { contractFaults } from '../../../constructs/contract-check/check-contract';
import type { Api } from '../../../function/contract/api';
import { links, notes, orders, posts, readings, todos } from '../../support/contract/contracts';
import { comments, shortLinks } from '../../support/contract/handler-contracts';

/** Contracts without faults. */
export const sound: readonly Api[] = [todos, orders, notes, links, readings, posts, shortLinks, comments];

/**
 * Returns a copy of the contract with other values at some places.
 * @param changes values by their paths, with slashes: `item/properties/title/maxLength`. Route keys have `~` for a slash.
 */
export function changed(api: Api, changes: Readonly<Record<string, unknown>>): unknown {
  const copy: unknown = structuredClone(api);
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('/').map((name) => name.replaceAll('~', '/'));
    const last = names.pop() ?? '';
    let place = copy as Record<string, unknown>;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    if (value === REMOVED) Reflect.deleteProperty(place, last);
    else place[last] = value;
  }
  return copy;
}

/** As a value in `changes`: removes the field from the contract. */
export const REMOVED = Symbol('removed');

/** Returns the faults of a changed contract, each as its path and its message. */
export function faultsOf(api: Api, changes: Readonly<Record<string, unknown>>): string[] {
  return contractFaults(changed(api, changes)).map(faultText);
}

/** Returns the faults of a route that is added to a contract, or replaces one. In its key, `~` stands for a slash. */
export function ofRoute(api: Api, key: string, route: unknown): string[] {
  const prefix = key === 'GET' ? 'routes.GET' : `routes["${key.replaceAll('~', '/')}"]`;
  return faultsOf(api, { [`routes/${key}`]: route }).map((fault) => fault.replace(prefix, 'route'));
}
