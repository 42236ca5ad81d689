/** Type of a CRUD operation; each operation has a file of its own in this folder. */
import type { CrudContract } from './contract';
import type { Query } from './query';
import type { Item, Table } from './table';

/** The parts of a request, all of them checked. */
export interface Call {
  /** The path parameter `{id}`, decoded; empty when the path has none. */
  readonly id: string;
  readonly query: Query;
  /** The item; `{}` when the route takes no body. */
  readonly body: Item;
}

/**
 * Serves a route. The result becomes the JSON body of a 200.
 * @throws Problem for every other status
 */
export type Operation = (call: Call, table: Table, contract: CrudContract) => Promise<unknown>;
