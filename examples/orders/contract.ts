/** Contract of the API `orders`: the orders of customers, with lines. The index `byStatus` lists orders of all customers. */
import { defineApi } from '../../function/contract/api';

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
      lines: {
        type: 'array',
        minItems: 1,
        maxItems: 100,
        items: {
          type: 'object',
          required: ['sku', 'quantity', 'price'],
          properties: {
            sku: { type: 'string', pattern: '^[A-Z0-9-]+$', maxLength: 40, examples: ['TEA-250'] },
            quantity: { type: 'integer', minimum: 1 },
            price: { type: 'number', minimum: 0, multipleOf: 0.01, examples: [4.99] },
          },
        },
      },
    },
  },
  managed: { orderId: 'uuid', createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' },
  indexes: { byStatus: { key: ['status', 'createdAt'] } },
  routes: {
    'POST /customers/{customerId}/orders': { operation: 'create', idempotency: true },
    'GET /customers/{customerId}/orders': { operation: 'list', order: 'desc', filters: ['status'] },
    'GET /customers/{customerId}/orders/{orderId}': { operation: 'read' },
    'PATCH /customers/{customerId}/orders/{orderId}': { operation: 'update', ifMatch: 'required' },
    'GET /orders': { operation: 'list', index: 'byStatus' },
  },
});
