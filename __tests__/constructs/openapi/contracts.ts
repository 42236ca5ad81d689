/** Five contracts that between them have most keywords. */
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
      due: { type: ['string', 'null'], format: 'date' },
      priority: { type: 'string', enum: ['low', 'normal', 'high'], default: 'normal' },
      tags: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 20 },
        maxItems: 10,
        uniqueItems: true,
        default: [],
      },
    },
  },
  managed: { id: 'uuid', createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' },
  routes: {
    'POST /todos': { operation: 'create' },
    'GET /todos': { operation: 'list', scan: true, filters: ['done', 'priority'] },
    'GET /todos/{id}': { operation: 'read' },
    'PUT /todos/{id}': { operation: 'replace', create: false },
    'PATCH /todos/{id}': { operation: 'update' },
    'DELETE /todos/{id}': { operation: 'delete' },
  },
});

export const orders = defineApi({
  name: 'orders',
  gateway: 'http-api',
  key: ['customerId', 'orderId'],
  item: {
    type: 'object',
    required: ['customerId', 'lines'],
    properties: {
      customerId: { type: 'string', format: 'uuid' },
      status: { type: 'string', enum: ['open', 'paid', 'sent'], default: 'open' },
      note: { type: ['string', 'null'], maxLength: 200 },
      lines: {
        type: 'array',
        minItems: 1,
        maxItems: 100,
        items: {
          type: 'object',
          required: ['sku', 'quantity', 'price'],
          properties: {
            sku: { type: 'string', pattern: '^[A-Z0-9-]+$', maxLength: 40 },
            quantity: { type: 'integer', minimum: 1 },
            price: { type: 'number', minimum: 0, multipleOf: 0.01 },
            gift: { type: 'boolean', default: false },
          },
        },
      },
      address: {
        type: 'object',
        required: ['city'],
        properties: { street: { type: 'string', maxLength: 100 }, city: { type: 'string', maxLength: 100 } },
      },
    },
  },
  managed: { orderId: 'uuid', createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' },
  indexes: { byStatus: { key: ['status', 'createdAt'] } },
  routes: {
    'POST /customers/{customerId}/orders': { operation: 'create', idempotency: true },
    'GET /customers/{customerId}/orders': { operation: 'list', order: 'desc', filters: ['status'] },
    'GET /customers/{customerId}/orders/{orderId}': { operation: 'read' },
    'PUT /customers/{customerId}/orders/{orderId}': { operation: 'replace' },
    'PATCH /customers/{customerId}/orders/{orderId}': { operation: 'update', ifMatch: 'required' },
    'DELETE /customers/{customerId}/orders/{orderId}': { operation: 'delete' },
    'GET /orders': { operation: 'list', index: 'byStatus' },
  },
});

export const notes = defineApi({
  name: 'notes',
  gateway: 'http-api',
  key: ['owner', 'noteId'],
  item: { type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 10_000 } } },
  managed: { owner: { claim: 'sub' }, noteId: 'uuid', createdAt: 'createdAt', version: 'version' },
  auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['notes'] } },
  routes: {
    'POST /notes': { operation: 'create' },
    'GET /notes': { operation: 'list' },
    'GET /notes/{noteId}': { operation: 'read' },
    'DELETE /notes/{noteId}': { operation: 'delete', auth: { jwt: ['notes:delete', 'notes:admin'] } },
  },
});

export const links = defineApi({
  name: 'links',
  gateway: 'rest-api',
  key: 'code',
  item: {
    type: 'object',
    required: ['url'],
    properties: { url: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2000 } },
  },
  managed: { code: { random: 7 }, createdAt: 'createdAt', expiresAt: { expiresAfter: 2_592_000 } },
  auth: { authorizers: { gate: { entry: 'function/gate/index.ts', header: 'x-gate' } } },
  routes: {
    'POST /links': { operation: 'create', auth: 'apiKey' },
    'DELETE /links/{code}': { operation: 'delete', auth: 'iam' },
    'POST /links/{code}/reports': {
      handler: 'reportLink',
      auth: { authorizer: 'gate' },
      query: { urgent: { type: 'boolean' } },
      body: { type: 'object', required: ['reason'], properties: { reason: { type: 'string', maxLength: 100 } } },
      responses: {
        201: { description: 'Reported', body: { type: 'object', properties: { id: { type: 'string' } } } },
      },
    },
    'GET /{code}': {
      handler: 'follow',
      table: ['get'],
      responses: { 301: { description: 'Goes to the link' }, 404: { description: 'There is no such link' } },
    },
  },
});

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
