/** Type of a CRUD contract, and what each operation needs. The stack of an API and its function both read this. */
import type { Contract, ObjectSchema, Route } from '../http/contract';

export type CrudOperation = 'put' | 'get' | 'list' | 'delete';

/** Query parameters that operations take; query.ts checks them. */
export type QueryParameter = 'limit' | 'nextToken';

/** What a route needs because of its operation. */
export interface OperationNeeds {
  /** The DynamoDB actions that the operation calls; the stack grants these and no others. */
  readonly actions: readonly `dynamodb:${string}`[];
  /** Query parameters that the route takes. @default none */
  readonly query?: readonly QueryParameter[];
  /** Whether the route takes a body, which must fit the contract's schema. @default the route refuses a body */
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
  /** The item. The function refuses any other body, and API Gateway too where `requestValidation` is set. */
  readonly schema: ObjectSchema;
  /** Words before the id in the answer to a write: `Put item`. */
  readonly answers: { readonly put: string; readonly delete: string };
}
