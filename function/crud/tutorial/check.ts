/** Checks the requests of a route, and reports all faults of a request together. */
import type { Request } from '../../http/serve';
import { type InputError, Problem } from '../../http/problem';
import { idFault } from '../id';
import type { RouteSetup } from '../operation';
import { checkBody, checkNoBody } from './body';
import { checkQuery, type Query, type QueryParameter } from './query';
import type { Item } from './table';

/** The parts of a request, all of them checked. */
export interface Call {
  /** The path parameter, decoded; empty when the path has none. */
  readonly id: string;
  readonly query: Query;
  /** The item; `{}` when the route takes no body. */
  readonly body: Item;
}

interface Takes {
  /** Query parameters that the route takes. @default none */
  readonly query?: readonly QueryParameter[];
  /** Whether the route takes a body, which must fit the contract's item. @default the route refuses a body */
  readonly takesBody?: true;
}

/** @returns a function that checks a request, and throws a Problem that names all its faults together */
export function prepareCheck({ model: { api } }: RouteSetup<unknown>, takes: Takes = {}): (request: Request) => Call {
  return (request) => {
    const pathErrors = Object.entries(request.path).flatMap(([path, id]): InputError[] => {
      const message = idFault(id, api.gateway);
      return message ? [{ path, message }] : [];
    });
    const query = checkQuery(request.query, takes.query);
    const body = takes.takesBody ? checkBody(request.body, api) : checkNoBody(request.body);
    const errors = [...pathErrors, ...query.errors, ...body.errors];
    if (errors.length > 0) throw Problem.badInput(errors);
    return { id: Object.values(request.path)[0] ?? '', query: query.value, body: body.value };
  };
}
