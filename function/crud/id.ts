/** Checks the id of an item. */
import { keyFault } from '../dynamodb/storable';
import type { Gateway } from '../http/contract';
import { pathFault } from '../http/path-id';

/** Returns the fault of an id that DynamoDB cannot store or that the path of the API cannot carry. */
export function idFault(id: string, gateway: Gateway): string | undefined {
  return keyFault(id) ?? pathFault(id, gateway);
}
