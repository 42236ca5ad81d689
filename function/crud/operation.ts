/** Types of a CRUD operation. Each operation is a file in this folder. */
import type { CrudContract } from './contract';
import type { Query } from './query';
import type { Item, Table } from './table';

/** A checked request. */
export interface CheckedRequest {
  /** The path parameter `{id}`, decoded; empty when the path has none. */
  readonly id: string;
  readonly query: Query;
  /** The item; `{}` when the route takes no body. */
  readonly body: Item;
}

/**
 * Executes an operation. Its result becomes the JSON body of a response with status 200.
 * @throws Problem for all other statuses
 */
export type Operation = (request: CheckedRequest, table: Table, contract: CrudContract) => Promise<unknown>;
