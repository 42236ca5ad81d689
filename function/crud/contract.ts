/** Types of a CRUD contract, and the needs of each operation. The stack of an API and its function both read them. */
import type { Contract, ObjectSchema, Route } from '../http/contract';

export type CrudOperation = 'put' | 'get' | 'list' | 'delete';

/** Query parameters that an operation can take. query.ts checks them. */
export type QueryParameter = 'limit' | 'nextToken';

/** Permissions, query parameters and body that an operation needs. */
export interface OperationNeeds {
  /** DynamoDB actions that the operation calls. The stack grants only these. */
  readonly actions: readonly `dynamodb:${string}`[];
  /** Query parameters that the route takes. @default none */
  readonly query?: readonly QueryParameter[];
  /** Whether the route takes a body. The body must match the contract's schema. @default the route refuses a body */
  readonly takesBody?: true;
}

export const operationNeeds: Readonly<Record<CrudOperation, OperationNeeds>> = {
  put: { actions: ['dynamodb:PutItem'], takesBody: true },
  get: { actions: ['dynamodb:GetItem'] },
  list: { actions: ['dynamodb:Scan'], query: ['limit', 'nextToken'] },
  delete: { actions: ['dynamodb:DeleteItem'] },
};

export interface CrudRoute extends Route {
  readonly operation: CrudOperation;
}

export interface CrudContract extends Contract {
  readonly routes: readonly CrudRoute[];
  /** Schema of an item. The function refuses other bodies. With the setting `requestValidation`, a REST API does too. */
  readonly schema: ObjectSchema;
  /** First words of the answer to a write. The id follows them: `Put item abc`. */
  readonly answers: { readonly put: string; readonly delete: string };
}
