/** Contracts whose routes are operations. Together they have every operation, every kind of key and every managed field. */
import { defineApi } from '../../../function/contract/api';

export const todos = defineApi({
  name: 'todos',
  gateway: 'http-api',
  key: 'id',
  item: {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 200 },
      done: { type: 'boolean', default: false },
      due: { type: ['string', 'null'], format: 'date', examples: ['2026-11-29', null] },
      priority: { type: 'string', enum: ['low', 'normal', 'high'], default: 'normal' },
      tags: { type: 'array', items: { type: 'string', maxLength: 20 }, maxItems: 10, uniqueItems: true, default: [] },
      place: {
        type: 'object',
        required: ['city'],
        properties: {
          city: { type: 'string', maxLength: 50 },
          street: { type: 'string', maxLength: 50 },
          floor: { type: 'integer' },
        },
      },
    },
  },
  managed: { id: 'uuid', createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' },
  cors: { origins: ['https://todos.example.com'], credentials: true },
  routes: {
    'POST /todos': { operation: 'create', idempotency: true },
    'GET /todos': { operation: 'list', scan: true, filters: ['done', 'priority'] },
    'GET /todos/{id}': { operation: 'read' },
    'PUT /todos/{id}': { operation: 'replace' },
    'PATCH /todos/{id}': { operation: 'update' },
    'DELETE /todos/{id}': { operation: 'delete' },
  },
});

/** A REST API with a key of two parts, required preconditions and an index. */
export const orders = defineApi({
  name: 'orders',
  gateway: 'rest-api',
  key: ['customerId', 'orderId'],
  item: {
    type: 'object',
    required: ['customerId', 'lines'],
    properties: {
      customerId: { type: 'string', format: 'uuid' },
      status: { type: 'string', enum: ['open', 'paid', 'sent'], default: 'open' },
      lines: {
        type: 'array',
        minItems: 1,
        maxItems: 5,
        items: {
          type: 'object',
          required: ['sku', 'price'],
          properties: {
            sku: { type: 'string', pattern: '^[A-Z0-9-]+$', maxLength: 40 },
            price: { type: 'number', minimum: 0, multipleOf: 0.01 },
            gift: { type: 'boolean', default: false },
          },
        },
      },
    },
  },
  managed: { orderId: 'uuid', createdAt: 'createdAt', version: 'version' },
  indexes: { byStatus: { key: ['status', 'createdAt'] } },
  routes: {
    'POST /customers/{customerId}/orders': { operation: 'create' },
    'GET /customers/{customerId}/orders': { operation: 'list', order: 'desc', filters: ['status'] },
    'GET /customers/{customerId}/orders/{orderId}': { operation: 'read', consistent: true },
    'PUT /customers/{customerId}/orders/{orderId}': { operation: 'replace', create: false, ifMatch: 'required' },
    'PATCH /customers/{customerId}/orders/{orderId}': { operation: 'update', ifMatch: 'required' },
    'DELETE /customers/{customerId}/orders/{orderId}': { operation: 'delete', ifMatch: 'required' },
    'GET /orders': { operation: 'list', index: 'byStatus', limit: { default: 2, maximum: 10 } },
  },
});

/** The notes of a signed-in user. Deleting one requires a scope. */
export const notes = defineApi({
  name: 'notes',
  gateway: 'http-api',
  key: ['owner', 'noteId'],
  item: {
    type: 'object',
    required: ['text'],
    properties: { text: { type: 'string', maxLength: 1000 }, folder: { type: 'string', minLength: 1, maxLength: 50 } },
  },
  managed: { owner: { claim: 'sub' }, noteId: 'uuid', createdAt: 'createdAt' },
  indexes: { byFolder: { key: ['folder', 'createdAt'] } },
  auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['notes'] } },
  routes: {
    'POST /notes': { operation: 'create' },
    'GET /notes': { operation: 'list' },
    'GET /folders/{folder}/notes': { operation: 'list', index: 'byFolder' },
    'GET /notes/{noteId}': { operation: 'read' },
    'PUT /notes/{noteId}': { operation: 'replace' },
    'DELETE /notes/{noteId}': { operation: 'delete', auth: { jwt: ['notes:delete', 'notes:admin'] } },
  },
});

/** Short links that expire, with a code in place of a UUID. */
export const links = defineApi({
  name: 'links',
  gateway: 'http-api',
  key: 'code',
  item: {
    type: 'object',
    required: ['url'],
    properties: { url: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2000 } },
  },
  managed: { code: { random: 7 }, createdAt: 'createdAt', expiresAt: { expiresAfter: 3600 }, version: 'version' },
  routes: {
    'POST /links': { operation: 'create', idempotency: true },
    'GET /links': { operation: 'list', scan: true },
    'GET /links/{code}': { operation: 'read' },
    'PUT /links/{code}': { operation: 'replace' },
    'PATCH /links/{code}': { operation: 'update' },
    'DELETE /links/{code}': { operation: 'delete' },
  },
});

/** Readings of sensors. Callers choose both parts of the key; one is a number. */
export const readings = defineApi({
  name: 'readings',
  gateway: 'http-api',
  key: ['sensor', 'at'],
  item: {
    type: 'object',
    required: ['sensor', 'at', 'value'],
    properties: {
      sensor: { type: 'string', maxLength: 2000 },
      at: { type: 'number' },
      value: { type: 'number' },
      until: { type: 'string', format: 'date-time' },
    },
  },
  managed: { seen: 'counter' },
  ttl: 'until',
  routes: {
    'POST /readings': { operation: 'create', idempotency: true },
    'GET /sensors/{sensor}/readings': { operation: 'list' },
    'GET /sensors/{sensor}/readings/{at}': { operation: 'read' },
    'PUT /sensors/{sensor}/readings/{at}': { operation: 'replace' },
    'DELETE /sensors/{sensor}/readings/{at}': { operation: 'delete' },
    'POST /sensors/{sensor}/readings/{at}/seen': { operation: 'increment', field: 'seen', by: 2 },
  },
});

/** Posts with a counter. */
export const posts = defineApi({
  name: 'posts',
  gateway: 'http-api',
  key: 'id',
  item: { type: 'object', required: ['title'], properties: { title: { type: 'string', maxLength: 200 } } },
  managed: { id: 'uuid', likes: 'counter', version: 'version' },
  routes: {
    'POST /posts': { operation: 'create' },
    'GET /posts/{id}': { operation: 'read' },
    'POST /posts/{id}/likes': { operation: 'increment', field: 'likes', by: 1 },
  },
});

/** Items with `answers`. */
export const items = defineApi({
  name: 'items',
  gateway: 'http-api',
  key: 'id',
  item: {
    type: 'object',
    properties: {
      id: { type: 'string', anyLength: true },
      price: { type: 'number' },
      name: { type: 'string', anyLength: true },
    },
    required: ['id', 'price', 'name'],
  },
  answers: { put: 'Put item', delete: 'Deleted item' },
  routes: {
    'PUT /items': { operation: 'put' },
    'GET /items/{id}': { operation: 'read' },
    'GET /items': { operation: 'list', scan: true },
    'DELETE /items/{id}': { operation: 'delete' },
  },
});
