/** The contracts that the benchmark measures. */
import { orders } from '../../examples/orders/contract';
import { defineApi } from '../../function/contract/api';

/** Equals the contract of the API `items`, which a project can remove. */
export const items = defineApi({
  name: 'items',
  gateway: 'http-api',
  key: 'id',
  item: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      price: { type: 'number' },
      name: { type: 'string' },
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

const { status, lines } = orders.item.properties;

/** `orders` with tokens: the customer is a claim of the caller's token, so callers see only their own orders. */
export const ownOrders = defineApi({
  ...{ name: 'orders', gateway: 'http-api', key: orders.key, indexes: orders.indexes },
  item: { ...orders.item, required: ['lines'], properties: { status, lines } },
  managed: { ...orders.managed, customerId: { claim: 'sub' } },
  auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['orders'] } },
  routes: {
    'POST /orders': { operation: 'create', idempotency: true },
    'GET /orders': { operation: 'list', order: 'desc', filters: ['status'] },
    'GET /orders/{orderId}': { operation: 'read' },
    'PATCH /orders/{orderId}': { operation: 'update', ifMatch: 'required' },
  },
});
