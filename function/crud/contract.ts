/** The shape of a CRUD system's contract.ts: what differs between systems that share their operations. */
import type { Contract, ObjectSchema, Route } from '../http/contract';

/** The operations that CRUD systems share; one file each in this folder. */
export type CrudOperation = 'put' | 'get' | 'list' | 'delete';

/** Query parameters that a route can take; their rules stand in query.ts. */
export type QueryParameter = 'limit' | 'nextToken';

export interface CrudRoute extends Route {
  readonly operation: CrudOperation;
  readonly query?: readonly QueryParameter[];
}

export interface CrudContract extends Contract {
  readonly routes: readonly CrudRoute[];
  /** The partition key, a string field of the items. */
  readonly key: string;
  readonly schema: ObjectSchema;
  /** What stands before the id in the answers to a write: `Put item`. */
  readonly answers: { readonly put: string; readonly delete: string };
}
