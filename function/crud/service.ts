/** The service of a CRUD API, made from its contract: finds the route, checks the request, runs the operation. */
import { type InputError, Problem } from '../http/problem';
import type { Request, Service } from '../http/serve';
import { checkBody, checkNoBody } from './body';
import { type CrudContract, type CrudOperation, operationNeeds } from './contract';
import { delete_ } from './delete';
import { get } from './get';
import { idFault } from './id';
import { list } from './list';
import type { Call, Operation } from './operation';
import { put } from './put';
import { checkQuery } from './query';
import { Table } from './table';

const OPERATIONS: Readonly<Record<CrudOperation, Operation>> = { put, get, list, delete: delete_ };

/**
 * Makes the service.
 * @param table @default the table that the stack granted
 * @example export const handler = httpApiHandler(crudService(items));
 */
export function crudService(contract: CrudContract, table = Table.fromEnvironment(contract.key)): Service {
  const operations = new Map(contract.routes.map(({ method, path, operation }) => [`${method} ${path}`, operation]));
  return (request) => {
    const operation = operations.get(request.routeKey);
    // The stack makes its routes from the same contract, so the deployment is faulty.
    if (!operation) throw new Error(`The contract ${contract.name} has no route ${request.routeKey}`);
    return OPERATIONS[operation](check(request, operation, contract), table, contract);
  };
}

/** @throws Problem that names all faults of the request together */
function check(request: Request, operation: CrudOperation, contract: CrudContract): Call {
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
