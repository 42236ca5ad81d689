/** Reads the parts of a request that several operations use: path parameters, claims and query parameters. */
import type { Schema } from '../contract/schema';
import { fieldSchema, pathParameters, splitRoute } from '../contract/model';
import { cutName, Problem } from '../http/problem';
import type { Request } from '../http/serve';
import { keyFault, MAX_SORT_KEY_BYTES } from '../dynamodb/storable';
import type { Faults } from '../validation/faults';
import { fromText } from '../validation/from-text';
import { keyRules } from '../validation/key-rules';
import type { Item } from './item';
import type { RouteSetup } from './operation';

const TEXT: Schema = { type: 'string' };

/** Reads a part of a request, and adds its faults to `faults`. */
export type ReadPart = (request: Request, faults: Faults) => Item;

/** @returns a function that reads path parameters and claims, checks them, and converts them to their types */
export function preparePathAndClaims(setup: RouteSetup<unknown>): ReadPart {
  const readPath = preparePath(setup);
  const readClaims = prepareClaims(setup);
  return (request, faults) => ({ ...readPath(request, faults), ...readClaims(request) });
}

/** @returns a function that reads path parameters, checks them, and converts them to their types */
export function preparePath({ model: { api }, routeKey }: RouteSetup<unknown>): ReadPart {
  const rules = keyRules(api);
  const parameters = pathParameters(splitRoute(routeKey).path).map(
    (name) => [name, fieldSchema(api, name) ?? TEXT, rules.get(name)] as const,
  );
  return (request, faults) => {
    const path: Item = {};
    for (const [name, schema, rule] of parameters) {
      const { count } = faults;
      const value = fromText(request.path[name] ?? '', schema, faults, name);
      const fault = faults.count === count ? rule?.(value) : undefined;
      if (fault !== undefined) faults.add(name, fault);
      path[name] = value;
    }
    return path;
  };
}

/** @returns a function that reads the managed fields whose values are claims of the token */
export function prepareClaims({ model: { managed } }: RouteSetup<unknown>): (request: Request) => Item {
  const claims = managed.flatMap(([field, how]) =>
    typeof how === 'object' && 'claim' in how ? [[field, how.claim] as const] : [],
  );
  return (request) => {
    const fields: Item = {};
    for (const [field, claim] of claims) fields[field] = claimOf(request, claim);
    return fields;
  };
}

/** @throws Problem 403 when the token lacks the claim, or the claim cannot be a sort key in DynamoDB */
function claimOf({ claims }: Request, name: string): string {
  const value = claims[name] ?? '';
  const fault = keyFault(value, MAX_SORT_KEY_BYTES);
  if (fault === undefined) return value;
  throw new Problem(
    403,
    `The claim ${name} of your token ${value === '' ? 'is missing' : fault}. Use a token that has it.`,
  );
}

/** Adds a fault for each query parameter, for a route without query parameters. */
export function refuseQuery({ query }: Request, faults: Faults): void {
  for (const name of Object.keys(query)) refuseParameter(name, [], faults);
}

/** Adds a fault for an unknown query parameter. @param known the route's query parameters */
export function refuseParameter(name: string, known: readonly string[], faults: Faults): void {
  const allowed = known.length > 0 ? `known are ${known.join(', ')}` : 'this route takes none';
  faults.add(cutName(name), `is not a known query parameter; ${allowed}`);
}

/** Adds a fault for a body, for a route without a body. */
export function refuseBody({ body }: Request, faults: Faults): void {
  if (body !== undefined) faults.add('body', 'this route takes no body; send the request without one');
}

/** @throws Problem 400 with all faults */
export function throwFaults({ count, listed }: Faults): void {
  if (count > 0) throw Problem.badInput(listed, count);
}
