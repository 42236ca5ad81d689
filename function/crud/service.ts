/** Makes the service of a CRUD API from its contract. */
import type { Api, Route } from '../contract/api';
import { isOperation } from '../contract/model';
import type { HandledRoute, Handler, HandlerNames } from '../contract/types';
import type { Service } from '../http/serve';
import { type AnyHandler, prepareHandler } from './handler';
import { type OperationsOf, prepareOperation, routeService, type ServiceOptions } from './operation-service';
import type { RouteSetup } from './operation';
import type { TableCalls } from './table-calls';

/** An object with exactly the handlers that the contract's routes name. */
export type HandlersOf<A extends Api> = {
  readonly [H in HandlerNames<A>]: Handler<
    A,
    HandledRoute<A, H>['key'],
    HandledRoute<A, H>['route'],
    TableCalls<A, HandledRoute<A, H>['route']>
  >;
};

/** For a contract without handlers, `crudService` has only two arguments. */
type HandlerArguments<A extends Api> = [HandlerNames<A>] extends [never]
  ? []
  : [handlers: HandlersOf<A>, options?: ServiceOptions];

/**
 * Makes the service of an API. It prepares all routes once, with one DynamoDB client.
 * @param operations the operations that the contract's routes name, from `crud/operations/` or `crud/tutorial/`
 * @param handlers the functions of the contract's handler routes
 * @throws Error when the stack granted no table
 * @example
 * export const handler = httpApiHandler(
 *   crudService(links, { create }, {
 *     follow: async ({ path }, table) => {
 *       const link = await table.get({ code: path.code });
 *       if (!link) throw new Problem(404, 'There is no such link.');
 *       return { status: 301, headers: { location: link.url } };
 *     },
 *   }),
 * );
 */
export function crudService<const A extends Api>(
  api: A,
  operations: OperationsOf<A>,
  ...[handlers, options]: HandlerArguments<A>
): Service {
  const prepare = (setup: RouteSetup<Route>) => {
    const { route } = setup;
    if (isOperation(route)) return prepareOperation(setup, operations);
    return prepareHandler({ ...setup, route }, (handlers as Readonly<Record<string, AnyHandler>>)[route.handler]);
  };
  return routeService(api, prepare, options);
}
