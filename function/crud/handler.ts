/** Serves the handler routes of a contract: checks each request, and gives it to the handler. */
import type { HandlerRoute } from '../contract/api';
import { authOf } from '../contract/model';
import type { Answer, Request, Service } from '../http/serve';
import { Faults } from '../validation/faults';
import { fromText } from '../validation/from-text';
import { prepareSchemaBody } from './body';
import { handlerTable } from './handler-table';
import type { Item } from './item';
import type { RouteSetup } from './operation';
import { prepareClaims, preparePath, refuseBody, refuseParameter, throwFaults } from './request-parts';

/** The handlers of all contracts; their own types are in contract/types.ts. */
export type AnyHandler = (request: unknown, table: unknown) => Promise<Answer>;

/** @throws Error when the function's code lacks the handler */
export function prepareHandler(setup: RouteSetup<HandlerRoute>, handler: AnyHandler | undefined): Service {
  const { route, routeKey } = setup;
  if (!handler) throw new Error(`${routeKey} needs the handler ${route.handler}. Give it to crudService.`);
  const readPath = preparePath(setup);
  const requireClaims = hasClaims(setup) ? prepareClaims(setup) : undefined;
  const readBody = prepareBody(route);
  const table = handlerTable(setup, route.table);
  return (request) => {
    const faults = new Faults();
    const path = readPath(request, faults);
    const query = readQuery(request, route, faults);
    const body = readBody(request, faults);
    throwFaults(faults);
    requireClaims?.(request);
    const { headers, claims, id: requestId } = request;
    return handler({ path, query, body, headers, claims, requestId }, table);
  };
}

/** Whether the route's callers have a token or a context with claims. */
function hasClaims({ model, route }: RouteSetup<HandlerRoute>): boolean {
  const auth = authOf(model.api, route);
  return auth === 'jwt' || typeof auth === 'object';
}

function readQuery(request: Request, { query = {} }: HandlerRoute, faults: Faults): Item {
  const known = Object.keys(query);
  const values: Item = {};
  for (const [name, schema] of Object.entries(query)) {
    const text = Object.hasOwn(request.query, name) ? request.query[name] : undefined;
    if (text !== undefined) values[name] = fromText(text, schema, faults, name);
    else if (schema.default !== undefined) values[name] = schema.default;
  }
  for (const name of Object.keys(request.query)) if (!known.includes(name)) refuseParameter(name, known, faults);
  return values;
}

function prepareBody({ body }: HandlerRoute): (request: Request, faults: Faults) => unknown {
  if (typeof body === 'object') return prepareSchemaBody(body);
  return (request, faults) => {
    if (body === undefined) refuseBody(request, faults);
    else if (request.body === null) faults.add('body', 'must be UTF-8 text, but is not');
    else return request.body ?? '';
    return undefined;
  };
}
