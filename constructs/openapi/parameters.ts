/** Makes parameters of operations: in the path, in the query of lists, and headers. */
import type { Api, ListRoute } from '../../function/contract/api';
import { fieldSchema, pathAndClaimFields, keyFields, modelOf, pathParameters } from '../../function/contract/model';
import { listsPartition } from '../../function/contract/needs';
import { type Json, only } from './json';
import { parameterSchema, pathSchema } from './schemas';

const DEFAULT_LIMIT = { default: 50, maximum: 100 };

export const IDEMPOTENCY_KEY = header('Idempotency-Key', {
  description: 'Requests with the same key create one item. Send a new UUID with each new item.',
  schema: { type: 'string', pattern: '^[!#-~]+$', minLength: 1, maxLength: 255 },
});

export const CREATE_ONLY = header('If-None-Match', {
  description: '`*` creates an item and never replaces one.',
  schema: { type: 'string', enum: ['*'] },
});

export const KNOWN_ETAGS = header('If-None-Match', {
  description: 'The ETag of an earlier answer. An unchanged item is answered with 304 and no body.',
  schema: { type: 'string' },
});

export function ifMatch(isRequired: boolean): Json {
  const description =
    'The ETag of an earlier answer, or up to 20 ETags. An item that was changed since is answered with 412.';
  return header('If-Match', {
    description,
    required: isRequired,
    schema: { type: 'string', examples: ['"1-mbyd4qk0"'] },
  });
}

export function pathParametersOf(api: Api, path: string): readonly Json[] {
  return pathParameters(path).map((parameter) => {
    const name = parameter.replace('+', '');
    return { name, in: 'path', required: true, schema: pathSchema(api, name) };
  });
}

/** Makes the query parameters of a list, as `prepareListRequest` in function/crud/list-request.ts reads them. */
export function listParameters(api: Api, routeKey: string, path: string, route: ListRoute): readonly Json[] {
  const { index, filters = [], limit = DEFAULT_LIMIT, order = 'asc' } = route;
  const [partition = '', sort] = keyFields(index === undefined ? api.key : (api.indexes?.[index]?.key ?? ''));
  const isScan = !listsPartition(api, routeKey, route);
  const given = pathAndClaimFields(api, path);
  const hasBounds = !isScan && sort !== undefined && !given.includes(sort);
  return [
    ...(isScan || given.includes(partition) ? [] : [query(partition, field(api, partition), { required: true })]),
    ...filters.map((name) => query(name, field(api, name), { description: `Only items with this \`${name}\`.` })),
    ...(hasBounds ? [boundsParameter(api, sort), orderParameter(sort, order)] : []),
    query(
      'limit',
      { type: 'integer', minimum: 1, maximum: limit.maximum, default: limit.default },
      {
        description: 'Maximum number of items on a page.',
      },
    ),
    query('cursor', { type: 'string' }, { description: 'The `cursor` of the page before, unchanged.' }),
  ];
}

export function query(name: string, schema: Json, rest: Json = {}): Json {
  return { name, in: 'query', ...rest, schema };
}

function field(api: Api, name: string): Json {
  return parameterSchema(fieldSchema(api, name) ?? { type: 'string' });
}

/** Makes the parameter of bounds: `createdAt[gte]=2026-11-01&createdAt[lt]=2026-12-01`. */
function boundsParameter(api: Api, sort: string): Json {
  const { type } = field(api, sort);
  const isNumber = type === 'number' || type === 'integer';
  // A bound can be the start of a value, such as 2026-11 for times. Only the time of expiry needs a whole value.
  const isExpiry = modelOf(api).ttl === sort;
  const bound = isNumber ? { type: 'number' } : { type: 'string', ...only(isExpiry, { format: 'date-time' }) };
  return query(
    sort,
    {
      type: 'object',
      properties: Object.fromEntries(['gte', 'gt', 'lte', 'lt'].map((operator) => [operator, bound])),
      additionalProperties: false,
    },
    {
      description: `Bounds on \`${sort}\`: \`${sort}[gte]\` or \`${sort}[gt]\`, and \`${sort}[lte]\` or \`${sort}[lt]\`.`,
      style: 'deepObject',
      explode: true,
    },
  );
}

function orderParameter(sort: string, order: string): Json {
  return query(
    'order',
    { type: 'string', enum: ['asc', 'desc'], default: order },
    { description: `Order by \`${sort}\`.` },
  );
}

function header(name: string, rest: Json): Json {
  return { name, in: 'header', ...rest };
}
