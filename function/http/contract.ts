/** Types of contracts that `http/` uses: the gateway and the methods. */

/** Kind of API that invokes the function. It decides which ids a path can carry (see path-id.ts). */
export type Gateway = 'http-api' | 'rest-api';

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
