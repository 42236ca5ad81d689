/** Contracts whose smoke sessions need more than example requests: scopes, preconditions, keys with rules, and handlers. */
import { defineApi } from '../../function/contract/api';

/** `auth.default` names a scope, and one route another scope. */
export const tasks = defineApi({
  name: 'tasks',
  gateway: 'http-api',
  key: 'id',
  item: { type: 'object', required: ['title'], properties: { title: { type: 'string', maxLength: 200 } } },
  managed: { id: 'uuid' },
  auth: { default: { jwt: ['tasks:read'] }, jwt: { issuer: 'https://id.example.com/', audience: ['tasks'] } },
  routes: {
    'POST /tasks': { operation: 'create', auth: { jwt: ['tasks:write'] } },
    'GET /tasks/{id}': { operation: 'read' },
  },
});

/** Callers sign their requests with AWS credentials. */
export const vaults = defineApi({
  name: 'vaults',
  gateway: 'http-api',
  key: 'id',
  item: { type: 'object', properties: { text: { type: 'string', maxLength: 200 } } },
  managed: { id: 'uuid' },
  auth: { default: 'iam' },
  routes: { 'POST /vaults': { operation: 'create' }, 'DELETE /vaults/{id}': { operation: 'delete' } },
});

/** Deletes require a precondition. */
export const pages = defineApi({
  name: 'pages',
  gateway: 'http-api',
  key: 'slug',
  item: {
    type: 'object',
    required: ['slug'],
    properties: {
      slug: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$', maxLength: 30, examples: ['tea-or-coffee'] },
    },
  },
  managed: { version: 'version' },
  routes: {
    'POST /pages': { operation: 'create' },
    'GET /pages/{slug}': { operation: 'read' },
    'DELETE /pages/{slug}': { operation: 'delete', ifMatch: 'required' },
  },
});

/** The table can have only two items. */
export const themes = defineApi({
  name: 'themes',
  gateway: 'http-api',
  key: 'mode',
  item: {
    type: 'object',
    required: ['mode', 'color'],
    properties: { mode: { type: 'string', enum: ['dark', 'light'] }, color: { type: 'string', maxLength: 20 } },
  },
  routes: {
    'PUT /themes/{mode}': { operation: 'replace' },
    'GET /themes/{mode}': { operation: 'read' },
    'DELETE /themes/{mode}': { operation: 'delete' },
  },
});

/** The handler `count` has a field in its path and queries an index. The handler `status` does not use the table. */
export const books = defineApi({
  name: 'books',
  gateway: 'rest-api',
  key: 'id',
  item: { type: 'object', properties: { title: { type: 'string', minLength: 1, maxLength: 100 } } },
  managed: { id: 'uuid' },
  indexes: { byTitle: { key: 'title' } },
  auth: { default: 'apiKey' },
  routes: {
    'POST /books': { operation: 'create' },
    'DELETE /books/{id}': { operation: 'delete' },
    'GET /titles/{title}': {
      handler: 'count',
      table: ['query'],
      responses: {
        200: {
          description: 'The number of books',
          body: { type: 'object', properties: { count: { type: 'integer' } } },
        },
      },
    },
    'GET /status': { handler: 'status', responses: { 204: { description: 'The API works' } } },
  },
});
