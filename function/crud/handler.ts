/** Serves the handler routes of a contract: checks each request, and passes it to the handler. */
import type { HandlerRoute } from '../contract/api';
import { authOf, STATUSES_WITHOUT_BODY } from '../contract/model';
import { refuseLargeBody } from '../http/body-limit';
import type { Answer, Request, Service } from '../http/serve';
import { Faults } from '../validation/faults';
import { fromText } from '../validation/from-text';
import { prepareSchemaBody } from './body';
import { handlerTable } from './handler-table';
import type { Item } from './item';
import type { RouteSetup } from './operation';
import { prepareClaims, preparePath, refuseBody, refuseParameter, throwFaults } from './request-parts';

/** A handler of any contract. contract/types.ts derives the exact type from a contract. */
export type AnyHandler = (request: unknown, table: unknown) => Answer | Promise<Answer>;

/** @throws Error when the function's code lacks the handler */
export function prepareHandler(setup: RouteSetup<HandlerRoute>, handler: AnyHandler | undefined): Service {
  const { route, routeKey } = setup;
  if (!handler) throw new Error(`${routeKey} needs the handler ${route.handler}. Pass it to crudService.`);
  const readPath = preparePath(setup);
  const requireClaims = hasClaims(setup) ? prepareClaims(setup) : undefined;
  const readBody = prepareHandlerBody(setup);
  const table = handlerTable(setup, route.table);
  return async (request) => {
    const faults = new Faults();
    const path = readPath(request, faults);
    const query = readQuery(request, route, faults);
    const body = readBody(request, faults);
    throwFaults(faults);
    requireClaims?.(request);
    const { headers, claims, id: requestId } = request;
    const answer = await handler({ path, query, body, headers, claims, requestId }, table);
    checkAnswer(answer, setup);
    return answer;
  };
}

/**
 * Checks an answer, because a cast hides type errors.
 * @throws Error for an undeclared status, for a body that the status forbids, and for bytes behind a REST API, which would
 * send them as text
 */
function checkAnswer(answer: unknown, { model, route: { handler, responses } }: RouteSetup<HandlerRoute>): void {
  const { status, body } = (answer ?? {}) as Partial<Answer>;
  if (typeof status !== 'number' || !Object.hasOwn(responses, status)) {
    const known = Object.keys(responses).join(', ');
    throw new Error(
      `The handler ${handler} answered with the status ${status}. Return { status, headers?, body? } with one of ${known}.`,
    );
  }
  if (body === undefined) return;
  if (STATUSES_WITHOUT_BODY.includes(status))
    throw new Error(`The handler ${handler} answered ${status} with a body. Leave the body out.`);
  if (body instanceof Uint8Array && model.api.gateway === 'rest-api')
    throw new Error(`The handler ${handler} answered with bytes, which its REST API cannot send. Use an HTTP API.`);
}

/** Whether the gateway passes claims to the route, from a token or from an authorizer function. */
function hasClaims({ model, route }: RouteSetup<HandlerRoute>): boolean {
  const auth = authOf(model.api, route);
  return auth === 'jwt' || auth === 'cognito' || typeof auth === 'object';
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

function prepareHandlerBody(setup: RouteSetup<HandlerRoute>): (request: Request, faults: Faults) => unknown {
  const { body } = setup.route;
  if (typeof body === 'object') return prepareSchemaBody(body, setup);
  return (request, faults) => {
    if (body === undefined) {
      refuseBody(request, faults);
      return undefined;
    }
    refuseLargeBody(request, setup.maxBodyBytes);
    if (request.body === null) faults.add('body', 'must be UTF-8 text, but is not');
    else return request.body ?? '';
    return undefined;
  };
}
