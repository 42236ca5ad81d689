/** Serves the handler routes of a contract: checks each request, and gives it to the handler. */
import type { HandlerRoute } from '../contract/api';
import { type InputError, Problem } from '../http/problem';
import type { Answer, Request, Service } from '../http/serve';
import type { RouteSetup } from './operation';

/** The handlers of all contracts; their own types are in contract/types.ts. */
export type AnyHandler = (request: unknown, table: unknown) => Promise<Answer>;

/** @throws Error when the function's code lacks the handler */
export function prepareHandler(
  { route, routeKey }: RouteSetup<HandlerRoute>,
  handler: AnyHandler | undefined,
): Service {
  if (!handler) throw new Error(`${routeKey} needs the handler ${route.handler}. Give it to crudService.`);
  return (request) => {
    const { body, errors } = checkBody(request, route);
    const all = [...queryErrors(request), ...errors];
    if (all.length > 0) throw Problem.badInput(all);
    const { path, query, headers, claims, id: requestId } = request;
    return handler({ path, query, body, headers, claims, requestId }, {});
  };
}

function queryErrors({ query }: Request): InputError[] {
  const message = 'is not a known query parameter; this route takes none';
  return Object.keys(query).map((name) => ({ path: name.slice(0, 80), message }));
}

function checkBody(
  request: Request,
  { body }: HandlerRoute,
): { readonly body?: unknown; readonly errors: InputError[] } {
  const fault = (message: string) => ({ errors: [{ path: 'body', message }] });
  if (request.body === null) return fault('must be UTF-8 text, but is not');
  if (body === 'raw') return { body: request.body ?? '', errors: [] };
  if (request.body !== undefined) return fault('this route takes no body; send the request without one');
  return { errors: [] };
}
