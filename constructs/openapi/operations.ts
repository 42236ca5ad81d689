/** Makes the OpenAPI operations of a contract's routes. */
import type { Api, HandlerRoute, OperationRoute } from '../../function/contract/api';
import { type ContractRoute, itemPathOf, modelOf, pathParameters } from '../../function/contract/model';
import { exampleObject } from '../../function/contract/example';
import { content, type Json, only, ref } from './json';
import { schemaName, withArticle, wordsOf } from './names';
import { CREATE_ONLY, IDEMPOTENCY_KEY, ifMatch, KNOWN_ETAGS, listParameters, query } from './parameters';
import { ETAG_HEADER, LOCATION_HEADER, problemResponse, REPLAYED_HEADER } from './responses';
import { answeredSchema, bodyExample, changedSchema, newItemSchema, parameterSchema, sentSchema } from './schemas';
import type { Components } from './components';

/** The parts of an OpenAPI operation that depend on the operation of the contract, or on the handler. */
export interface OperationParts {
  readonly summary: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Json;
  /** Statuses of error answers. */
  readonly errors: readonly number[];
}

const JSON_TYPE = 'application/json';

const MERGE_PATCH = 'application/merge-patch+json';

/** Makes the OpenAPI operation of a route without a handler. @param components collects the schemas that it refers to */
export function operationParts(
  api: Api,
  { routeKey, path, route }: ContractRoute<OperationRoute>,
  components: Components,
): OperationParts {
  const { one, many } = wordsOf(api.name);
  const name = schemaName(api.name);
  const hasVersion = modelOf(api).version !== undefined;
  const item = (description: string, headers: Json = {}): Json => {
    const all = { ...only(hasVersion, ETAG_HEADER), ...headers };
    return {
      description,
      ...only(Object.keys(all).length > 0, { headers: all }),
      content: content(ref('schemas', name)),
    };
  };
  const created = (headers: Json = {}) =>
    item(`${capitalized(withArticle(one))} was created.`, {
      ...only(itemPathOf(api) !== undefined, LOCATION_HEADER),
      ...headers,
    });
  const body = (prefix: string, schema: Json, types = [JSON_TYPE]): Json => {
    const reference = components.add(`${prefix}${name}`, { ...schema, examples: [bodyExample(api, path)] });
    return { required: true, content: Object.assign({}, ...types.map((type) => content(reference, type))) as Json };
  };
  switch (route.operation) {
    case 'create': {
      const { idempotency = false } = route;
      return {
        summary: `Creates ${withArticle(one)}`,
        parameters: idempotency ? [IDEMPOTENCY_KEY] : [],
        requestBody: body('New', sentSchema(newItemSchema(api, path))),
        responses: { 201: created(only(idempotency, REPLAYED_HEADER)) },
        errors: [400, 409, 415, ...(idempotency ? [422] : [])],
      };
    }
    case 'read':
      return {
        summary: `Reads ${withArticle(one)}`,
        parameters: hasVersion ? [KNOWN_ETAGS] : [],
        responses: {
          200: item(`The ${one}.`),
          ...only(hasVersion, { 304: { description: `The ${one} is unchanged.`, headers: ETAG_HEADER } }),
        },
        errors: [400, 404],
      };
    case 'replace': {
      const { create = true } = route;
      return {
        summary: create ? `Replaces ${withArticle(one)}, or creates it` : `Replaces ${withArticle(one)}`,
        parameters: [...preconditions(route, hasVersion), ...(create ? [CREATE_ONLY] : [])],
        requestBody: body('Whole', sentSchema(newItemSchema(api, path))),
        responses: { 200: item(`The ${one} was replaced.`), ...only(create, { 201: created() }) },
        errors: [400, 404, 412, 415, ...preconditionErrors(route)],
      };
    }
    case 'update':
      return {
        summary: `Changes fields of ${withArticle(one)}`,
        parameters: preconditions(route, hasVersion),
        requestBody: body('Changed', changedSchema(newItemSchema(api, path)), [MERGE_PATCH, JSON_TYPE]),
        responses: { 200: item(`The ${one} after the change.`) },
        errors: [400, 404, 412, 415, ...preconditionErrors(route)],
      };
    case 'delete':
      return {
        summary: `Deletes ${withArticle(one)}`,
        parameters: preconditions(route, hasVersion),
        responses: { 204: { description: `The ${one} was deleted.` } },
        errors: [400, 404, 412, ...preconditionErrors(route)],
      };
    case 'increment':
      return {
        summary: `Adds ${route.by} to ${route.field} of ${withArticle(one)}`,
        responses: { 200: item(`The ${one} after the change.`) },
        errors: [400, 404],
      };
    case 'list':
      return {
        summary: `Lists ${many}`,
        parameters: listParameters(api, routeKey, path, route),
        responses: {
          200: { description: `A page of ${many}.`, content: content(components.add(`${name}Page`, pageSchema(name))) },
        },
        errors: [400],
      };
    case 'put':
      throw new Error('Only contracts with `answers` have the operation put.');
  }
}

/** Makes the OpenAPI operation of a route with a handler. */
export function handlerParts({ path, route }: ContractRoute<HandlerRoute>): OperationParts {
  const declared = Object.entries(route.responses).map(([status, { description, body }]) => {
    if (body) return [status, { description, content: content(answeredSchema(body)) }] as const;
    return [status, Number(status) >= 400 ? problemResponse(description) : { description }] as const;
  });
  const takesInput = pathParameters(path).length > 0 || route.query !== undefined || route.body !== undefined;
  return {
    summary: capitalized(route.handler.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)),
    parameters: Object.entries(route.query ?? {}).map(([name, schema]) => query(name, parameterSchema(schema))),
    ...only(route.body, { requestBody: { required: route.body !== 'raw', content: handlerContent(route.body) } }),
    responses: Object.fromEntries(declared),
    errors: takesInput && !(400 in route.responses) ? [400] : [],
  };
}

/** Makes the content of a handler's request. A raw body has any type and no schema. */
function handlerContent(body: HandlerRoute['body']): Json {
  if (body === 'raw' || body === undefined) return { '*/*': {} };
  return content({ ...sentSchema(body), examples: [exampleObject(body)] });
}

function preconditions({ ifMatch: required }: { readonly ifMatch?: 'required' }, hasVersion: boolean): readonly Json[] {
  return hasVersion || required ? [ifMatch(required === 'required')] : [];
}

function preconditionErrors({ ifMatch: required }: { readonly ifMatch?: 'required' }): readonly number[] {
  return required === 'required' ? [428] : [];
}

function pageSchema(name: string): Json {
  return {
    type: 'object',
    properties: {
      items: { type: 'array', items: ref('schemas', name) },
      cursor: { type: 'string', description: 'Present when there may be more items: send it to get the next page.' },
    },
    required: ['items'],
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
