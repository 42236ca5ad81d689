/** What an operation gets and gives. */
import type { Query } from './query';
import type { Table } from './table';

/** A request whose every part has been checked. */
export interface Call<Body> {
  /** The path's `{id}`, decoded; empty where the path has none. */
  readonly id: string;
  readonly query: Query;
  /** `{}` where the route takes no body. */
  readonly body: Body;
}

/**
 * Serves one route. Its result is the JSON body of a 200.
 * @throws Problem for every other answer.
 */
export type Operation<Body = never> = (call: Call<Body>, table: Table) => Promise<unknown>;
