/** Checks the requests of a route, and reports all faults of a request together. */
import { parseBody } from '../../http/json-body';
import type { Request } from '../../http/serve';
import { checkValue } from '../../validation/check-value';
import { Faults } from '../../validation/faults';
import { keyRules } from '../../validation/key-rules';
import type { Item } from '../item';
import type { RouteSetup } from '../operation';
import { prepareGiven, refuseBody, throwFaults } from '../request-parts';
import { checkQuery, type Query, type QueryParameter } from './query';

/** The parts of a request, all of them checked. */
export interface Call {
  /** The key in the path, decoded; empty when the path has none. */
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
export function prepareCheck(setup: RouteSetup<unknown>, takes: Takes = {}): (request: Request) => Call {
  const { item } = setup.model.api;
  const [key = ''] = setup.model.keys;
  const rules = keyRules(setup.model.api);
  const expected = `the fields ${Object.keys(item.properties).join(', ')}`;
  const readGiven = prepareGiven(setup);
  return (request) => {
    const faults = new Faults();
    const given = readGiven(request, faults);
    const query = checkQuery(request.query, faults, takes.query);
    let body: Item | undefined;
    if (takes.takesBody) body = readBody(request, faults);
    else refuseBody(request, faults);
    throwFaults(faults);
    return { id: (given[key] ?? '') as string, query, body: body ?? {} };
  };

  /** Any content type is accepted: the tutorials' clients send several, and some none. */
  function readBody(request: Request, faults: Faults): Item | undefined {
    const parsed = parseBody(request.body, expected);
    if ('value' in parsed) {
      checkValue(parsed.value, item, faults, '', rules);
      return parsed.value;
    }
    faults.add('body', parsed.fault);
    return undefined;
  }
}
