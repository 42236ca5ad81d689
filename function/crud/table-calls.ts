/** The calls of the API's table that a handler can make. */
import type { Api } from '../contract/api';

/** The calls that the route's `table` names. */
export type TableCalls<A extends Api, R> = A extends R ? Record<string, never> : Record<string, never>;
