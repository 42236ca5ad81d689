/** Sound contracts, which tests change. */
import { type Api, defineApi } from '../../../function/contract/api';

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
      tags: {
        type: 'array',
        items: { type: 'string', maxLength: 20 },
        maxItems: 10,
        uniqueItems: true,
        default: [],
      },
    },
  },
  managed: { id: 'uuid', createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' },
  cors: { origins: ['https://todos.example.com'], credentials: true },
  routes: {
    'POST /todos': { operation: 'create', idempotency: true },
    'GET /todos': { operation: 'list', scan: true, filters: ['done'] },
    'GET /todos/{id}': { operation: 'read', consistent: true },
    'PUT /todos/{id}': { operation: 'replace' },
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
      kind: { const: 'order', default: 'order' },
      customerId: { type: 'string', format: 'uuid' },
      status: { type: 'string', enum: ['open', 'paid', 'sent'], default: 'open' },
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
            price: { type: 'number', minimum: 0, multipleOf: 0.01, examples: [19.99] },
          },
        },
      },
    },
  },
  managed: { orderId: 'uuid', createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' },
  indexes: { byStatus: { key: ['status', 'createdAt'] }, all: { key: ['kind', 'createdAt'] } },
  routes: {
    'POST /customers/{customerId}/orders': { operation: 'create', idempotency: true },
    'GET /customers/{customerId}/orders': { operation: 'list', order: 'desc', filters: ['status'] },
    'GET /customers/{customerId}/orders/{orderId}': { operation: 'read' },
    'PATCH /customers/{customerId}/orders/{orderId}': { operation: 'update', ifMatch: 'required' },
    'GET /orders': { operation: 'list', index: 'byStatus', limit: { default: 20, maximum: 200 } },
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
    'DELETE /notes/{noteId}': { operation: 'delete', auth: { jwt: ['notes:delete'] } },
  },
});

export const links = defineApi({
  name: 'links',
  gateway: 'http-api',
  key: 'code',
  item: {
    type: 'object',
    required: ['url'],
    properties: { url: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2000 } },
  },
  managed: { code: { random: 7 }, createdAt: 'createdAt', expiresAt: { expiresAfter: 2_592_000 } },
  routes: {
    'POST /links': { operation: 'create' },
    'GET /{code}': {
      handler: 'follow',
      actions: ['dynamodb:GetItem'],
      responses: { 301: { description: 'Goes there' }, 404: { description: 'No such link' } },
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

/** Comments of a post: a key of their own, and the path of the post they belong to. */
export const comments = defineApi({
  name: 'comments',
  gateway: 'rest-api',
  key: 'id',
  item: {
    type: 'object',
    required: ['postId', 'text'],
    properties: {
      postId: { type: 'string', minLength: 1, maxLength: 64 },
      text: { type: 'string', maxLength: 2000 },
      until: { type: 'string', format: 'date-time' },
    },
  },
  managed: { id: 'uuid', createdAt: 'createdAt' },
  indexes: { byPost: { key: ['postId', 'createdAt'] } },
  ttl: 'until',
  auth: {
    default: { authorizer: 'gate' },
    authorizers: { gate: { entry: 'function/gate/index.ts', cacheSeconds: 0 } },
  },
  routes: {
    'POST /posts/{postId}/comments': { operation: 'create' },
    'GET /posts/{postId}/comments': { operation: 'list', index: 'byPost', auth: 'apiKey' },
    'DELETE /comments/{id}': { operation: 'delete', auth: 'iam' },
    'POST /comments/{id}/reports': {
      handler: 'report',
      table: ['get', 'update'],
      query: { loud: { type: 'boolean' } },
      body: { type: 'object', properties: { reason: { type: 'string' } } },
      responses: { 204: { description: 'Reported' }, 409: { description: 'Was reported', body: { type: 'string' } } },
    },
    'POST /imports': { handler: 'load', body: 'raw', responses: { 202: { description: 'Accepted' } } },
  },
});

export const sound: readonly Api[] = [todos, orders, notes, links, posts, comments];
