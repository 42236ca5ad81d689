/** Checks the requests of a route, and reports all faults of a request together. */
import { refuseLargeBody } from '../../http/body-limit';
import { parseBody } from '../../http/json-body';
import type { Request } from '../../http/serve';
import { checkValue } from '../../validation/check-value';
import { Faults } from '../../validation/faults';
import { keyRules } from '../../validation/key-rules';
import type { Item } from '../item';
import type { RouteSetup } from '../operation';
import { preparePathAndClaims, refuseBody, throwFaults } from '../request-parts';
import { checkQuery, type Query, type QueryParameter } from './query';

/** The checked parts of a request. */
export interface CheckedRequest {
  /** The key in the path, decoded; empty when the path has none. */
  readonly id: string;
  readonly query: Query;
  /** The item; `{}` when the route has no body. */
  readonly body: Item;
}

interface CheckOptions {
  /** Query parameters of the route. @default none */
  readonly query?: readonly QueryParameter[];
  /** Whether the route has a body, which must fit the contract's item. @default false: a body is refused */
  readonly hasBody?: true;
}

/** @returns a function that checks a request, and throws a Problem that names all its faults together */
export function prepareCheck(
  setup: RouteSetup<unknown>,
  options: CheckOptions = {},
): (request: Request) => CheckedRequest {
  const { item } = setup.model.api;
  const [key = ''] = setup.model.keys;
  const rules = keyRules(setup.model.api);
  const expected = `the fields ${Object.keys(item.properties).join(', ')}`;
  const readPathAndClaims = preparePathAndClaims(setup);
  return (request) => {
    const faults = new Faults();
    const pathAndClaims = readPathAndClaims(request, faults);
    const query = checkQuery(request.query, faults, options.query);
    let body: Item | undefined;
    if (options.hasBody) body = readBody(request, faults);
    else refuseBody(request, faults);
    throwFaults(faults);
    return { id: (pathAndClaims[key] ?? '') as string, query, body: body ?? {} };
  };

  /** Accepts any content type: the tutorial's clients send different types or none. */
  function readBody(request: Request, faults: Faults): Item | undefined {
    refuseLargeBody(request, setup.maxBodyBytes);
    const parsed = parseBody(request.body, expected);
    if ('value' in parsed) {
      checkValue(parsed.value, item, faults, '', rules);
      return parsed.value;
    }
    faults.add('body', parsed.fault);
    return undefined;
  }
}
