/** Contracts at the limits of AWS and of Terraform. */
import type { Api, HandlerRoute, Route } from '../../function/contract/api';

const item = { type: 'object', properties: { a: { type: 'string', minLength: 1, anyLength: true } } } as const;
const handler = (name: string): HandlerRoute => ({ handler: name, responses: { 200: { description: 'OK' } } });

const creates = (...paths: readonly string[]) =>
  Object.fromEntries<Route>(paths.map((path) => [`POST ${path}`, { operation: 'create' }]));

/** A contract with texts that Terraform reads as templates, at each place that can have a text. */
export const templates: Api = {
  name: 'templates',
  gateway: 'http-api',
  key: ['${partition}', '%{sort}'],
  item: {
    type: 'object',
    required: ['${partition}', '%{sort}', '${until}'],
    properties: {
      '${partition}': { type: 'string', minLength: 1, anyLength: true, examples: ['${example}'] },
      '%{sort}': { type: 'string', minLength: 1, anyLength: true },
      '${until}': { type: 'string', format: 'date-time' },
      'a$${b': { type: 'number' },
    },
  },
  indexes: { byNumber: { key: ['%{sort}', 'a$${b'] } },
  ttl: '${until}',
  auth: {
    default: { jwt: ['${scope}', '%{scope}'] },
    jwt: { issuer: 'https://id.example.com/${issuer}', audience: ['${audience}', '%{if}'] },
  },
  routes: { 'POST /x': { operation: 'create', summary: '${summary}' } },
};

const LONG = `/${'long-segment-'.repeat(5)}/${'long-segment-'.repeat(5)}`;

/** A contract with such texts in the models of a REST API, and with paths that are difficult to name in Terraform. */
export const models: Api = {
  name: 'models',
  gateway: 'rest-api',
  key: 'id',
  item: { type: 'object', properties: { '${a}': { type: 'string', enum: ['${foo}', '%{if}', '"'] } } },
  managed: { id: 'uuid' },
  routes: creates('/v1', '/v/1', '/2026', '/-', LONG, `${LONG}x`),
};

const NAMES = ['code', 'api', 'table', 'url', 'aws', 'function', 'crud', '$', '_', '_1', 'getIt', 'GetIt'];

/** A contract of handlers with the names of constructs, and with names that Terraform does not allow. */
export const handlers: Api = {
  name: 'a-name-of-as-many-characters-as-allowed0',
  gateway: 'http-api',
  key: 'id',
  item,
  managed: { id: 'uuid', version: 'version' },
  indexes: { byAFieldThatHasALongNameAsWell: { key: 'a' } },
  routes: Object.fromEntries<Route>([
    ...NAMES.map((name, at): [string, Route] => [`GET /h${at}`, handler(name)]),
    ['GET /made', handler('createPostXs')],
    ['POST /x', { operation: 'create' }],
    ['POST /xs', { operation: 'create' }],
    ['GET /x', { operation: 'list', index: 'byAFieldThatHasALongNameAsWell' }],
  ]),
};

/** Makes a contract with a number of routes. */
export function wide(routes: number, gateway: Api['gateway'] = 'http-api'): Api {
  const paths = Array.from({ length: routes }, (_, at) => `/resources-of-kind-${at}`);
  return { name: 'wide', gateway, key: 'id', item, managed: { id: 'uuid' }, routes: creates(...paths) };
}
