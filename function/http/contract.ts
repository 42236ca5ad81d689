/** The words of contracts that the code for both gateways knows. */

/** Kind of API that invokes the function. It decides which ids a path can carry (see path-id.ts). */
export type Gateway = 'http-api' | 'rest-api';

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
