/** Checks the keys of routes: their form, and that API Gateway, OpenAPI documents and Terraform can distinguish them. */
import { routeName } from '../route-name';
import { pathParameters } from '../../function/contract/model';
import type { Place } from './place';
import { checkResources } from './rest-resources';

/** API Gateway's quota for routes of an HTTP API. Contracts of REST APIs have the same maximum, and a quota for resources. */
const MAX_ROUTES = 300;

const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'];
const ROUTE_KEY = "a method and a path, such as 'GET /todos/{id}'";
/** The characters that both kinds of API accept in a segment of a path. */
const SEGMENT = /^[A-Za-z0-9._-]+$/;
const PARAMETER = /^\{[A-Za-z0-9._-]+\}$/;

/** A route whose key has no faults. */
export interface RoutePlace {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly place: Place;
}

/** Checks the keys of `routes`. @returns the routes whose keys have no faults */
export function checkRouteKeys(contract: Place): readonly RoutePlace[] {
  const routes = contract.field('routes');
  const expected = "an object of routes, such as { 'GET /todos/{id}': { operation: 'read' } }";
  if (!contract.has('routes')) routes.fault(`is missing; it must be ${expected}`);
  else if (routes.isObject(expected)) {
    const { length } = routes.fields;
    if (length === 0) routes.fault('is empty; an API has at least one route');
    if (length > MAX_ROUTES) routes.fault(`has ${length} routes; API Gateway's quota is ${MAX_ROUTES}`);
  }
  const sound: RoutePlace[] = [];
  for (const [key, place] of routes.fields) {
    const [method = '', path = '', ...rest] = key.split(' ');
    const fault = rest.length > 0 || path === '' ? `must be ${ROUTE_KEY}` : (methodFault(method) ?? pathFault(path));
    if (fault !== undefined) place.fault(fault);
    else sound.push({ key, method, path, place });
  }
  const gateway = contract.field('gateway').value;
  const areDistinct = routes.isSound(() => checkDistinct(sound, gateway));
  if (areDistinct && gateway === 'rest-api') checkResources(routes, sound);
  return sound;
}

function methodFault(method: string): string | undefined {
  if (METHODS.includes(method)) return undefined;
  return `has the method ${method}; known are ${METHODS.join(', ')}`;
}

function pathFault(path: string): string | undefined {
  if (!path.startsWith('/')) return `has a path that does not begin with /; it must be ${ROUTE_KEY}`;
  if (path === '/') return undefined;
  const names = pathParameters(path);
  for (const segment of path.slice(1).split('/')) {
    if (segment === '') return 'has an empty segment; a path neither ends with / nor has //';
    if (segment.endsWith('+}')) return `has the greedy parameter ${segment}; name each segment of the path`;
    const isParameter = PARAMETER.test(segment);
    if (!isParameter && /[{}]/.test(segment))
      return `has the segment ${segment}; a parameter is a whole segment, such as {id}`;
    if (!isParameter && (!SEGMENT.test(segment) || /^\.\.?$/.test(segment))) {
      return `has the segment ${segment}; a segment has letters, digits and the characters . _ -`;
    }
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined ? undefined : `has the parameter {${twice}} twice`;
}

/** Reports routes that API Gateway, an OpenAPI document or Terraform cannot distinguish. */
function checkDistinct(routes: readonly RoutePlace[], gateway: unknown): void {
  routes.forEach((route, index) => {
    const earlier = routes.slice(0, index);
    const message =
      twinMessage(route, earlier) ??
      (gateway === 'rest-api' ? siblingMessage(route, earlier) : undefined) ??
      nameMessage(route, earlier);
    if (message !== undefined) route.place.fault(message);
  });
}

function twinMessage({ path }: RoutePlace, earlier: readonly RoutePlace[]): string | undefined {
  const shape = (text: string) => text.replace(/\{[^}]*\}/g, '{}');
  const twin = earlier.find((other) => other.path !== path && shape(other.path) === shape(path));
  return (
    twin &&
    `has a path that differs from the path of ${twin.key} only in the names of its parameters; use the same names`
  );
}

/** Reports a second parameter below a resource of a REST API, which can have only one. */
function siblingMessage({ path }: RoutePlace, earlier: readonly RoutePlace[]): string | undefined {
  for (const [start, name] of parametersOf(path)) {
    const sibling = earlier.find((other) =>
      parametersOf(other.path).some(([otherStart, otherName]) => otherStart === start && otherName !== name),
    );
    if (sibling)
      return `has {${name}} where ${sibling.key} has another parameter; a REST API can have only one there, so use the same name`;
  }
  return undefined;
}

/** Returns the parameters of a path, each with the path before it. */
function parametersOf(path: string): readonly (readonly [start: string, name: string])[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(({ 1: name = '', index }) => [path.slice(0, index), name]);
}

function nameMessage(route: RoutePlace, earlier: readonly RoutePlace[]): string | undefined {
  const twin = earlier.find((other) => routeName(other) === routeName(route));
  return twin && `has the same name in Terraform as ${twin.key}, ${routeName(route)}; change one of the paths`;
}
