/** What a CRUD operation gets and gives. */
import type { Query } from './query';
import type { CrudContract } from './contract';
import type { Item, Table } from './table';

/** A request whose every part has been checked. */
export interface Call {
  /** The path's `{id}`, decoded; empty where the path has none. */
  readonly id: string;
  readonly query: Query;
  /** `{}` where the route takes no body. */
  readonly body: Item;
}

/**
 * Serves a route. Its result is the JSON body of a 200.
 * @throws Problem for every other answer
 */
export type Operation = (call: Call, table: Table, contract: CrudContract) => Promise<unknown>;
