/** The contract of __tests__/system/client/orders.ts, which `npm run client` generates, and of the tests of `npm run breaking`. */
import { defineApi } from '../../../function/contract/api';

/** Orders behind an HTTP API, with optional, nullable and nested fields. */
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
