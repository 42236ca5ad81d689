/** Makes the service of a CRUD API from its contract. */
import { type InputError, Problem } from '../http/problem';
import type { Request, Service } from '../http/serve';
import { checkBody, checkNoBody } from './body';
import { type CrudContract, type CrudOperation, operationNeeds } from './contract';
import { delete_ } from './delete';
import { get } from './get';
import { idFault } from './id';
import { list } from './list';
import type { CheckedRequest, Operation } from './operation';
import { put } from './put';
import { checkQuery } from './query';
import { Table } from './table';

const OPERATIONS: Readonly<Record<CrudOperation, Operation>> = { put, get, list, delete: delete_ };

/**
 * Makes the service. It finds the operation of the route, checks the request and executes the operation.
 * @param table the table with the items (default: the table that the stack granted)
 * @example export const handler = httpApiHandler(crudService(items));
 */
export function crudService(contract: CrudContract, table = Table.fromEnvironment(contract.key)): Service {
  const operations = new Map(contract.routes.map(({ method, path, operation }) => [`${method} ${path}`, operation]));
  return (request) => {
    const operation = operations.get(request.routeKey);
    // The stack makes its routes from the same contract, so only a faulty deployment sends other routes.
    if (!operation) throw new Error(`The contract ${contract.name} has no route ${request.routeKey}`);
    return OPERATIONS[operation](check(request, operation, contract), table, contract);
  };
}

/** Checks path, query and body. @throws Problem that lists all faults of the request */
function check(request: Request, operation: CrudOperation, contract: CrudContract): CheckedRequest {
  const needs = operationNeeds[operation];
  const pathErrors = Object.entries(request.path).flatMap(([path, id]): InputError[] => {
    const message = idFault(id, contract.gateway);
    return message ? [{ path, message }] : [];
  });
  const query = checkQuery(request.query, needs.query);
  const body = needs.takesBody ? checkBody(request.body, contract) : checkNoBody(request.body);
  const errors = [...pathErrors, ...query.errors, ...body.errors];
  if (errors.length > 0) throw Problem.badInput(errors);
  return { id: request.path['id'] ?? '', query: query.value, body: body.value };
}
