/** Types of CRUD operations. Each operation is one file in `operations/` or `tutorial/`. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OperationName, OperationRoute } from '../contract/api';
import type { Model } from '../contract/model';
import type { Service } from '../http/serve';

/** A route of a contract, with the model, the client and the table to serve it. */
export interface RouteSetup<R = OperationRoute> {
  readonly model: Model;
  /** Method and path: `GET /todos/{id}`. */
  readonly routeKey: string;
  readonly route: R;
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Maximum size of a body; larger ones are answered with 413. */
  readonly maxBodyBytes: number;
}

/**
 * Prepares the service of a route, once in each execution environment.
 * @returns the service of the route, which checks each request and answers it
 */
export type Operation<O extends OperationName = OperationName> = (
  setup: RouteSetup<Extract<OperationRoute, { readonly operation: O }>>,
) => Service;
