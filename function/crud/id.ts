/** Checks the id of an item. */
import { keyFault } from '../dynamodb/storable';
import type { Gateway } from '../http/contract';
import { pathFault } from '../http/path-id';

/** The fault of an id: the table must be able to store it, and the path of the API to carry it. */
export function idFault(id: string, gateway: Gateway): string | undefined {
  return keyFault(id) ?? pathFault(id, gateway);
}
