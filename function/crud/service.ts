/** Serves a CRUD system: finds the route of a request, checks its every part, runs its operation. */
import { routeKey } from '../http/contract';
import { keyFault } from '../dynamodb/key';
import { type InputError, Problem } from '../http/problem';
import type { Request, Service } from '../http/serve';
import { checkBody } from './body';
import type { CrudContract, CrudOperation, CrudRoute } from './contract';
import { delete_ } from './delete';
import { get } from './get';
import { list } from './list';
import type { Call, Operation } from './operation';
import { put } from './put';
import { checkQuery } from './query';
import { Table } from './table';

const OPERATIONS: Readonly<Record<CrudOperation, Operation>> = { put, get, list, delete: delete_ };

/** A service of the contract's routes on this table. @param table default: the one that the stack granted */
export function crudService(contract: CrudContract, table = Table.fromEnvironment(contract.key)): Service {
  const routes = new Map(contract.routes.map((route) => [routeKey(route), route]));
  return (request) => {
    const route = routes.get(request.routeKey);
    // The stack makes its routes from the same contract, so that this is a faulty deployment.
    if (!route) throw new Error(`No route ${request.routeKey} in the contract ${contract.name}`);
    return OPERATIONS[route.operation](check(request, route, contract), table, contract);
  };
}

/** @throws Problem that names every fault of the request at once */
function check(request: Request, route: CrudRoute, contract: CrudContract): Call {
  const pathErrors = Object.entries(request.path).flatMap(([path, id]): InputError[] => {
    const message = keyFault(id, contract.gateway);
    return message ? [{ path, message }] : [];
  });
  const query = checkQuery(request.query, route.query);
  const body = checkBody(request.body, route.body, contract);
  const errors = [...pathErrors, ...query.errors, ...body.errors];
  if (errors.length > 0) throw Problem.badInput(errors);
  return { id: request.path['id'] ?? '', query: query.value, body: body.value };
}
