/** Contracts with features that the tutorial APIs do not use: sort keys, number keys, indexes, expiry, auth and CORS. */
import { defineApi } from '../../function/contract/api';

export const orders = defineApi({
  name: 'orders',
  gateway: 'http-api',
  key: ['customerId', 'orderId'],
  item: {
    type: 'object',
    required: ['customerId', 'total'],
    properties: {
      customerId: { type: 'string', format: 'uuid' },
      status: { type: 'string', enum: ['open', 'paid'], default: 'open' },
      total: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.01 },
      sku: { type: 'string', pattern: '^[A-Z]{2}-\\d{3,}$', minLength: 6, maxLength: 10 },
    },
  },
  managed: { orderId: 'uuid', createdAt: 'createdAt', version: 'version' },
  indexes: { byStatus: { key: ['status', 'total'] }, bySku: { key: 'sku' } },
  cors: { origins: ['https://shop.example.com'], credentials: true },
  routes: {
    'POST /customers/{customerId}/orders': { operation: 'create' },
    'GET /customers/{customerId}/orders': { operation: 'list', filters: ['status'] },
    'GET /customers/{customerId}/orders/{orderId}': { operation: 'read' },
    'PATCH /customers/{customerId}/orders/{orderId}': { operation: 'update' },
    'DELETE /customers/{customerId}/orders/{orderId}': { operation: 'delete' },
    'GET /orders': { operation: 'list', index: 'byStatus' },
    'GET /skus/{sku}/orders': { operation: 'list', index: 'bySku' },
    'GET /all-orders': { operation: 'list', scan: true, auth: 'iam' },
  },
});

export const notes = defineApi({
  name: 'notes',
  gateway: 'http-api',
  key: ['owner', 'noteId'],
  item: { type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 1000 } } },
  managed: {
    owner: { claim: 'sub' },
    noteId: 'uuid',
    createdAt: 'createdAt',
    version: 'version',
    expiresAt: { expiresAfter: 86_400 },
  },
  auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['notes'] } },
  routes: {
    'POST /notes': { operation: 'create' },
    'GET /notes': { operation: 'list' },
    'GET /notes/{noteId}': { operation: 'read' },
    'DELETE /notes/{noteId}': { operation: 'delete', auth: { jwt: ['notes:delete', 'admin'] } },
  },
});

export const devices = defineApi({
  name: 'devices',
  gateway: 'rest-api',
  key: 'serial',
  item: {
    type: 'object',
    required: ['serial'],
    properties: {
      serial: { type: 'integer', minimum: 1 },
      label: { type: ['string', 'null'], maxLength: 20 },
      weight: { type: 'number', exclusiveMinimum: 0, maximum: 10 },
      ports: { type: 'array', items: { type: 'integer' }, maxItems: 8, uniqueItems: true },
      unit: { const: 'kg' },
    },
  },
  managed: { restarts: 'counter', version: 'version' },
  auth: { default: 'apiKey' },
  routes: {
    'PUT /devices/{serial}': { operation: 'replace' },
    'GET /devices/{serial}': { operation: 'read', auth: 'none' },
    'POST /devices/{serial}/restarts': { operation: 'increment', field: 'restarts', by: 1, auth: 'iam' },
    'POST /devices/{serial}/pings': {
      handler: 'ping',
      table: ['get', 'query'],
      body: { type: 'object', properties: { note: { type: 'string', maxLength: 200 } } },
      responses: { 204: { description: 'The device answers' }, 404: { description: 'There is no such device' } },
    },
  },
});
