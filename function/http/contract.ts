/** Types of a contract. The stack of an API and its function both read the contract. */

/** Kind of API that invokes the function. It decides which ids a path can carry (see path-id.ts). */
export type Gateway = 'http-api' | 'rest-api';

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

export interface Route {
  readonly method: HttpMethod;
  /** Path in API Gateway's form: `/items/{id}`. */
  readonly path: `/${string}`;
}

export interface Contract {
  /** Name of the stack, and of the service in log lines. */
  readonly name: string;
  readonly gateway: Gateway;
  /** Partition key of the table, a string attribute. */
  readonly key: string;
  readonly routes: readonly Route[];
}

/** The part of JSON Schema that contracts use: flat objects of strings and numbers. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
  /** Always false: the function refuses fields that the schema does not name. */
  readonly additionalProperties: false;
}

export interface FieldSchema {
  readonly type: 'string' | 'number';
}
