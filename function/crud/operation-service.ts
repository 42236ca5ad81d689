/** Makes the service of a CRUD API without handlers. Its bundle then contains no code for handlers. */
import type { Api, OperationName, Route } from '../contract/api';
import { defaultMaxBodyBytes } from '../contract/body-limit';
import { isOperation, modelOf, routesOf } from '../contract/model';
import type { OperationNames } from '../contract/types';
import { documentClient } from '../dynamodb/client';
import { grantedTables } from '../dynamodb/granted-tables';
import { maxBodyBytes } from '../http/body-limit';
import type { Service } from '../http/serve';
import type { Operation, RouteSetup } from './operation';

/** An object with exactly the operations that the contract's routes name. */
export type OperationsOf<A extends Api> = { readonly [O in OperationNames<A>]: Operation<O> };

/**
 * Makes the service of an API without handlers. It prepares all routes once, with one DynamoDB client.
 * @param operations the operations that the contract's routes name, from `crud/operations/` or `crud/tutorial/`
 * @throws Error when the stack granted no table
 * @example export const handler = httpApiHandler(operationService(todos, { create, read, list }));
 */
export function operationService<const A extends Api>(api: A, operations: OperationsOf<A>): Service {
  return routeService(api, (setup) => prepareOperation(setup, operations));
}

/** @throws Error when the route has a handler, or when its operation is missing */
export function prepareOperation(setup: RouteSetup<Route>, operations: object): Service {
  const { route, routeKey } = setup;
  if (!isOperation(route)) throw new Error(`${routeKey} has a handler. Use crudService.`);
  const operation = (operations as Partial<Record<OperationName, Operation>>)[route.operation];
  if (!operation) throw new Error(`${routeKey} needs the operation ${route.operation}. Pass it to the service.`);
  return operation({ ...setup, route });
}

export interface ServiceOptions {
  /**
   * Maximum size of a body in bytes, unless the setting `maxBodyBytes` is set. Larger bodies get a 413.
   * @default 1,000,000; with `answers` only Lambda's maximum, 6 MB
   */
  readonly maxBodyBytes?: number;
}

/** Makes the service of all routes of an API. */
export function routeService(
  api: Api,
  prepare: (setup: RouteSetup<Route>) => Service,
  { maxBodyBytes: defaultBytes = defaultMaxBodyBytes(api) }: ServiceOptions = {},
): Service {
  const shared = {
    model: modelOf(api),
    client: documentClient(),
    tableName: grantedTables()[0],
    maxBodyBytes: maxBodyBytes(defaultBytes),
  };
  const services = new Map<string, Service>();
  for (const { routeKey, route } of routesOf(api)) services.set(routeKey, prepare({ ...shared, routeKey, route }));
  return (request) => {
    const service = services.get(request.routeKey);
    // The stack makes its routes from the same contract, so the deployment is faulty.
    if (!service) throw new Error(`The contract ${api.name} has no route ${request.routeKey}`);
    return service(request);
  };
}
