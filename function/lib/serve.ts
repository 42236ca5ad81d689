/** Serves one request, whichever gateway it came through: checks it, runs its operation, logs it, answers. */
import { checkBody } from './body';
import { type Contract, type OperationName, type Route, routeKey } from './contract';
import { problemOf } from './dynamodb-errors';
import { toJson } from './json';
import { keyFault } from './key';
import { logger } from './log';
import type { Operation } from './operation';
import { type InputError, Problem } from './problem';
import { checkQuery } from './query';
import type { Table } from './table';

/** A request, free of its gateway's payload format. */
export interface Request {
  /** The gateway's id of the request; it stands in the log and in every error answer. */
  readonly id: string;
  readonly routeKey: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined when no body was sent, null when it is not UTF-8. */
  readonly body: string | null | undefined;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Operations<C extends Contract> = Readonly<Record<OperationName<C>, Operation>>;

export type Serve = (request: Request) => Promise<Response>;

/** A server of the contract's routes by these operations on this table. */
export function server<C extends Contract>(contract: C, operations: Operations<C>, table: Table): Serve {
  const routes = new Map<string, Route>(contract.routes.map((route) => [routeKey(route), route]));

  async function run(request: Request): Promise<unknown> {
    const route = routes.get(request.routeKey);
    // The stack makes its routes from the same contract, so that this is a faulty deployment.
    if (!route) throw new Error(`No route ${request.routeKey} in the contract ${contract.name}`);
    return operations[route.operation as OperationName<C>](check(request, route, contract), table);
  }

  return async (request) => {
    const start = performance.now();
    const response = await answer(request, run);
    logResponse(request, response, performance.now() - start);
    return response.response;
  };
}

/** @throws Problem that names every fault of the request at once. */
function check(request: Request, route: Route, contract: Contract) {
  const pathErrors = Object.entries(request.path).flatMap(([path, id]): InputError[] => {
    const message = keyFault(id, contract.gateway);
    return message ? [{ path, message }] : [];
  });
  const query = checkQuery(request.query, route.query);
  const body =
    request.body === null
      ? { value: {}, errors: [{ path: 'body', message: 'must be UTF-8 text, but is not' }] }
      : checkBody(request.body, route.body, contract);
  const errors = [...pathErrors, ...query.errors, ...body.errors];
  if (errors.length > 0) throw Problem.badInput(errors);
  // The body was checked against the schema that its operation's type is made from.
  return { id: request.path['id'] ?? '', query: query.value, body: body.value as never };
}

interface Answer {
  readonly response: Response;
  readonly error?: unknown;
}

async function answer(request: Request, run: (request: Request) => Promise<unknown>): Promise<Answer> {
  try {
    const body = toJson(await run(request));
    return { response: { status: 200, headers: { 'content-type': 'application/json' }, body } };
  } catch (error) {
    const problem =
      error instanceof Problem
        ? error
        : (problemOf(error) ??
          new Problem(500, 'Something went wrong on our side. Try again; if it stays, report the requestId.', {
            cause: error,
          }));
    const headers = { 'content-type': 'application/problem+json', ...problem.headers };
    return {
      response: { status: problem.status, headers, body: JSON.stringify(problem.toBody(request.id)) },
      error: problem.status >= 500 ? (problem.cause ?? problem) : undefined,
    };
  }
}

/** One line a request; the whole error with its cause where it was ours. */
function logResponse({ id, routeKey: route }: Request, { response, error }: Answer, milliseconds: number): void {
  const line = {
    request_id: id,
    route,
    status: response.status,
    duration_ms: Math.round(milliseconds * 100) / 100,
  };
  const message = `${route} ${response.status}`;
  if (error === undefined) logger.info(message, line);
  else logger.error(message, { ...line, error: asError(error) });
}

/** Anything can be thrown; Powertools writes errors in full, with their causes. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('What was thrown is no Error', { cause: thrown });
}
