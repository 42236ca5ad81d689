/** Reads the body of a request that writes an item. */
import type { ItemSchema } from '../contract/schema';
import { bodySchema, pathParameters, splitRoute } from '../contract/model';
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
 * The content types that are read as JSON. `curl -d` sends the content type of forms by default, so a body of this type is
 * read as JSON. A real form is refused with 400.
 */
const JSON_TYPES = ['application/json', 'application/x-www-form-urlencoded'];

const MERGE_PATCH = 'application/merge-patch+json';

/** The content types that an update takes. */
export const PATCH_TYPES = [MERGE_PATCH, ...JSON_TYPES];

/** The body of a route: the item's fields that are not in the path. */
export interface BodyFields {
  readonly schema: ItemSchema;
  readonly rules: Rules;
  /** Reads the body and refuses fields that callers may not send. @returns undefined when the body is no JSON object */
  readonly parse: (request: Request, faults: Faults) => Item | undefined;
}

export function prepareBody(
  { model: { api, managed }, routeKey }: RouteSetup<unknown>,
  types = JSON_TYPES,
): BodyFields {
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
      const body = parseObject(request, types, expected, faults);
      if (!body) return undefined;
      const sent = [...reserved.keys()].filter((name) => Object.hasOwn(body, name));
      if (sent.length === 0) return body;
      for (const name of sent) faults.add(name, reserved.get(name) ?? '');
      return Object.fromEntries(Object.entries(body).filter(([name]) => !reserved.has(name)));
    },
  };
}

/** @returns a function that reads a whole new item, with its defaults filled in */
export function prepareNewBody(setup: RouteSetup<unknown>): ReadPart {
  const { schema, rules, parse } = prepareBody(setup);
  return (request, faults) => {
    const body = parse(request, faults);
    if (body) checkValue(body, schema, faults, '', rules);
    return body ?? {};
  };
}

/** @returns a function that reads a body that fits the schema, with its defaults filled in */
export function prepareSchemaBody(schema: ItemSchema): ReadPart {
  const expected = `the fields ${Object.keys(schema.properties).join(', ')}`;
  return (request, faults) => {
    const body = parseObject(request, JSON_TYPES, expected, faults);
    if (body) checkValue(body, schema, faults);
    return body ?? {};
  };
}

/**
 * Parses the body, which must be a JSON object.
 * @param types the content types that the route takes
 * @returns undefined when the body has a fault, which is then among the faults
 */
function parseObject(request: Request, types: readonly string[], expected: string, faults: Faults): Item | undefined {
  requireContentType(request, types);
  refuseLargeBody(request);
  const parsed = hasTooManyValues(request.body) ? TOO_MANY_VALUES : parseBody(request.body, expected);
  if ('value' in parsed) return parsed.value;
  faults.add('body', parsed.fault);
  return undefined;
}

/** Five times as much as an item of 400 KB: JSON may have escapes and indentation. */
const MAX_BODY_BYTES = 2_000_000;

/** @throws Problem 413 */
function refuseLargeBody({ body }: Request): void {
  const bytes = Buffer.byteLength(body ?? '');
  if (bytes > MAX_BODY_BYTES)
    throw new Problem(413, `The body has ${bytes} bytes. Send at most ${MAX_BODY_BYTES}; an item has at most 400 KB.`);
}

const MAX_VALUES = 100_000;

const TOO_MANY_VALUES = { fault: `must have at most ${MAX_VALUES} values, nested ones counted` } as const;

/** Counts the fields and the elements of arrays before the body is parsed, which takes much longer. */
function hasTooManyValues(body: string | null | undefined): boolean {
  // Each value takes at least two characters.
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

/** @throws Problem 415 when the request has a content type that the route does not take */
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
