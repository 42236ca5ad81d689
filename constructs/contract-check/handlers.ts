/** Checks the routes with a handler. */
import type { Schema } from '../../function/contract/schema';
import { STATUSES_WITHOUT_BODY } from '../../function/contract/model';
import { checkActions } from './actions';
import type { ContractFacts } from './contract-facts';
import { isText, type Place } from './place';
import { checkRouteOptions, ROUTE_OPTIONS } from './route-options';
import { checkRepeated } from './repeated';
import type { RoutePlace } from './routes';
import { isScalar } from './scalar';
import { checkItemSchema, checkSchema } from './schema';

const KEYWORDS = ['handler', 'table', 'actions', 'query', 'body', 'responses', ...ROUTE_OPTIONS];
const TABLE_CALLS = ['get', 'query', 'scan', 'put', 'update', 'delete'];
const STATUS = /^[2-5]\d\d$/;

/** Checks a route with a handler. @param handlers keys of earlier routes by the names of their handlers */
export function checkHandler(
  { key, method, place }: RoutePlace,
  { auth }: ContractFacts,
  handlers: Map<string, string>,
): void {
  place.allowOnly(KEYWORDS, 'a route with a handler');
  checkRouteOptions(place);
  auth.ofRoute(place);
  checkName(place.field('handler'), key, handlers);
  checkTableCalls(place);
  checkActions(place);
  if (place.has('query')) checkQuery(place.field('query'));
  if (place.has('body')) checkBody(place.field('body'), method);
  checkResponses(place);
}

function checkName(place: Place, key: string, handlers: Map<string, string>): void {
  const name = place.value;
  if (typeof name !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(name) || name === '__proto__') {
    return place.mustBe('the name of a JavaScript function, such as sendMail');
  }
  const other = handlers.get(name);
  if (other !== undefined) return place.fault(`is ${name}, as in ${other}; give each route its own handler`);
  handlers.set(name, key);
}

function checkTableCalls(route: Place): void {
  const place = route.field('table');
  if (!route.has('table')) return;
  if (!Array.isArray(place.value)) return place.mustBe(`an array of ${TABLE_CALLS.join(', ')}`);
  for (const call of place.items)
    if (!TABLE_CALLS.includes(call.value as string)) call.mustBe(`one of ${TABLE_CALLS.join(', ')}`);
  checkRepeated(place);
}

function checkQuery(place: Place): void {
  if (!place.isObject("an object of schemas by the names of parameters, such as { page: { type: 'integer' } }")) return;
  for (const [name, parameter] of place.fields) {
    if (name === '' || name === '__proto__') parameter.fault('is not a possible name of a parameter');
    if (!parameter.isSound(() => checkSchema(parameter))) continue;
    if (!isScalar(parameter.value as Schema))
      parameter.fault('is not a string, number, integer or boolean; a query parameter is a text');
  }
}

function checkBody(place: Place, method: string): void {
  if (method === 'GET') place.fault('is not possible: a GET request has no body');
  if (place.value === 'raw') return;
  if (typeof place.value === 'string') return place.mustBe("'raw', or the schema of an object");
  checkItemSchema(place);
}

function checkResponses(route: Place): void {
  const place = route.field('responses');
  const expected = "an object of answers by their status, such as { 200: { description: 'Done' } }";
  if (!route.has('responses')) return place.fault(`is missing; it must be ${expected}`);
  if (!place.isObject(expected)) return;
  if (place.fields.length === 0) place.fault('is empty; name each status that the handler answers with');
  for (const [status, response] of place.fields) {
    if (!STATUS.test(status)) response.fault('is not a status from 200 to 599');
    if (!response.isObject("an answer, such as { description: 'Done' }")) continue;
    response.allowOnly(['description', 'body'], 'an answer');
    response.required('description', 'a text', isText);
    if (!response.has('body')) continue;
    if (STATUSES_WITHOUT_BODY.includes(Number(status)))
      response.field('body').fault(`is not possible: an answer with the status ${status} has no body`);
    checkSchema(response.field('body'));
  }
}
