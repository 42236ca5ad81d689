/** The service of a CRUD API, made from its contract. */
import type { Api, OperationName } from '../contract/api';
import { isOperation, modelOf, routesOf } from '../contract/model';
import type { HandledRoute, Handler, HandlerNames, OperationNames } from '../contract/types';
import { documentClient } from '../dynamodb/client';
import { grantedTables } from '../dynamodb/granted-tables';
import type { Service } from '../http/serve';
import type { Operation } from './operation';
import { type AnyHandler, prepareHandler } from './handler';
import type { TableCalls } from './table-calls';

/** The operations that a contract's routes name: all of them, and no others. */
export type OperationsOf<A extends Api> = { readonly [O in OperationNames<A>]: Operation<O> };

/** The handlers that a contract's routes name: all of them, and no others. */
export type HandlersOf<A extends Api> = {
  readonly [H in HandlerNames<A>]: Handler<
    A,
    HandledRoute<A, H>['key'],
    HandledRoute<A, H>['route'],
    TableCalls<A, HandledRoute<A, H>['route']>
  >;
};

/** A contract without handlers has no third argument. */
type HandlerArguments<A extends Api> = [HandlerNames<A>] extends [never] ? [] : [handlers: HandlersOf<A>];

/**
 * Makes the service of an API. It prepares all routes once, with one DynamoDB client.
 * @param operations the operations that the contract's routes name, from `crud/operations/` or `crud/tutorial/`
 * @param handlers the functions of the contract's handler routes
 * @throws Error when the stack granted no table
 * @example export const handler = httpApiHandler(crudService(todos, { create, read, list }));
 */
export function crudService<const A extends Api>(
  api: A,
  operations: OperationsOf<A>,
  ...[handlers]: HandlerArguments<A>
): Service {
  const shared = { model: modelOf(api), client: documentClient(), tableName: grantedTables()[0] };
  const services = new Map<string, Service>();
  for (const { routeKey, route } of routesOf(api)) {
    const service = isOperation(route)
      ? (operations as unknown as Readonly<Record<OperationName, Operation>>)[route.operation]({
          ...shared,
          routeKey,
          route,
        })
      : prepareHandler(
          { ...shared, routeKey, route },
          (handlers as Readonly<Record<string, AnyHandler>>)[route.handler],
        );
    services.set(routeKey, service);
  }
  return (request) => {
    const service = services.get(request.routeKey);
    // The stack makes its routes from the same contract, so the deployment is faulty.
    if (!service) throw new Error(`The contract ${api.name} has no route ${request.routeKey}`);
    return service(request);
  };
}
