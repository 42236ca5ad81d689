/** Reads and checks the bodies of requests. */
import type { ItemSchema } from '../contract/schema';
import { bodySchema, pathParameters, splitRoute } from '../contract/model';
import { refuseLargeBody } from '../http/body-limit';
import { parseBody } from '../http/json-body';
import { Problem } from '../http/problem';
import type { Request } from '../http/serve';
import { preview } from '../http/value';
import { checkValue, type Rules } from '../validation/check-value';
import type { Faults } from '../validation/faults';
import { keyRules } from '../validation/key-rules';
import type { Item } from './item';
import type { RouteSetup } from './operation';
import type { ReadPart } from './request-parts';

/**
 * Content types of bodies that are parsed as JSON. The content type of forms is one of them, because `curl -d` sends it by
 * default. A real form is not JSON, and is refused with 400.
 */
const JSON_TYPES = ['application/json', 'application/x-www-form-urlencoded'];

const MERGE_PATCH = 'application/merge-patch+json';

/** The content types that an update accepts. */
export const PATCH_TYPES = [MERGE_PATCH, ...JSON_TYPES];

/** How a route reads its body, which has the item's fields that are not in the path. */
export interface RouteBody {
  readonly schema: ItemSchema;
  readonly rules: Rules;
  /**
   * Parses the body, and removes fields that callers may not send.
   * @returns undefined when the body is not a JSON object
   */
  readonly parse: (request: Request, faults: Faults) => Item | undefined;
}

/** @param types content types that the route accepts */
export function prepareBody(setup: RouteSetup<unknown>, types = JSON_TYPES): RouteBody {
  const { model, routeKey, maxBodyBytes } = setup;
  const { api, managed } = model;
  const { path } = splitRoute(routeKey);
  const schema = bodySchema(api, path);
  const expected = `the fields ${Object.keys(schema.properties).join(', ')}`;
  const reserved = new Map([
    ...managed.map(([name]) => [name, 'is set by the server; leave it out'] as const),
    ...pathParameters(path).map((name) => [name, 'is in the path; leave it out'] as const),
  ]);
  return {
    schema,
    rules: keyRules(api),
    parse: (request, faults) => {
      const body = parseObject(request, { types, expected, maxBodyBytes }, faults);
      if (!body) return undefined;
      const refused = [...reserved.keys()].filter((name) => Object.hasOwn(body, name));
      if (refused.length === 0) return body;
      for (const name of refused) faults.add(name, reserved.get(name) ?? '');
      return Object.fromEntries(Object.entries(body).filter(([name]) => !reserved.has(name)));
    },
  };
}

/** @returns a function that reads and checks the body of a whole item, and fills in defaults */
export function prepareNewBody(setup: RouteSetup<unknown>): ReadPart {
  const { schema, rules, parse } = prepareBody(setup);
  return (request, faults) => {
    const body = parse(request, faults);
    if (body) checkValue(body, schema, faults, '', rules);
    return body ?? {};
  };
}

/** @returns a function that reads a body, checks it against the schema, and fills in defaults */
export function prepareSchemaBody(schema: ItemSchema, { maxBodyBytes }: RouteSetup<unknown>): ReadPart {
  const expected = `the fields ${Object.keys(schema.properties).join(', ')}`;
  return (request, faults) => {
    const body = parseObject(request, { types: JSON_TYPES, expected, maxBodyBytes }, faults);
    if (body) checkValue(body, schema, faults);
    return body ?? {};
  };
}

/** The bodies that a route accepts. */
interface Accepted {
  /** Content types. */
  readonly types: readonly string[];
  /** The expected fields, for error messages. */
  readonly expected: string;
  readonly maxBodyBytes: number;
}

/**
 * Parses the body, which must be a JSON object.
 * @returns undefined when the body is not a JSON object; `faults` then has the reason
 */
function parseObject(request: Request, accepted: Accepted, faults: Faults): Item | undefined {
  const { types, expected, maxBodyBytes } = accepted;
  requireContentType(request, types);
  refuseLargeBody(request, maxBodyBytes);
  const parsed = hasTooManyValues(request.body) ? TOO_MANY_VALUES : parseBody(request.body, expected);
  if ('value' in parsed) return parsed.value;
  faults.add('body', parsed.fault);
  return undefined;
}

/** Maximum number of fields and array elements in a body, at any depth. */
const MAX_VALUES = 100_000;

const TOO_MANY_VALUES = { fault: `must have at most ${MAX_VALUES} values, nested ones counted` } as const;

/** Counts the fields and array elements in the text, because parsing takes much longer. */
function hasTooManyValues(body: string | null | undefined): boolean {
  // Each value takes at least two characters, so a shorter text cannot have too many.
  if (!body || body.length <= 2 * MAX_VALUES) return false;
  let count = 0;
  let isInString = false;
  for (let at = 0; at < body.length; at += 1) {
    const character = body[at];
    if (character === '"') isInString = !isInString;
    else if (isInString) at += character === '\\' ? 1 : 0;
    else if (character === ',' || character === '[' || character === '{') count += 1;
  }
  return count > MAX_VALUES;
}

/** @throws Problem 415 when the request has a content type that the route does not accept */
function requireContentType({ headers }: Request, types: readonly string[]): void {
  const sent = headers['content-type'];
  if (sent === undefined) return;
  const type = sent.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '' || types.includes(type)) return;
  const isPatch = types.includes(MERGE_PATCH);
  const accepted = isPatch ? MERGE_PATCH : 'application/json';
  throw new Problem(415, `The body has the content type ${preview(sent)}. Send ${accepted}.`, {
    headers: isPatch ? { 'accept-patch': MERGE_PATCH } : { accept: accepted },
  });
}
