/** Contracts whose sessions need more than examples: scopes, preconditions, keys with rules, and handlers. */
import { defineApi } from '../../function/contract/api';

/** The scope of most routes stands in `auth.default`. */
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

/** The table can have two items. */
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

/** Handlers with a field in the path, with an index alone, and without the table. */
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
