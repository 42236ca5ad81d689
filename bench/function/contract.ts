/** The contract that the benchmark measures. It equals the contract of the API `items`, which a project can remove. */
import { defineApi } from '../../function/contract/api';

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
