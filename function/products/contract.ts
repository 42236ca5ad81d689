/** Contract of the API `products`: the product, and the routes of a REST API. */
import type { CrudContract } from '../crud/contract';

export const products = {
  name: 'products',
  gateway: 'rest-api',
  key: 'id',
  schema: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      title: { type: 'string' },
      description: { type: 'string' },
      price: { type: 'number' },
    },
    required: ['id', 'title', 'description', 'price'],
    additionalProperties: false,
  },
  answers: { put: 'Added/Updated product', delete: 'Deleted product' },
  routes: [
    { operation: 'put', method: 'POST', path: '/product' },
    { operation: 'put', method: 'PUT', path: '/product' },
    { operation: 'get', method: 'GET', path: '/product/{id}' },
    { operation: 'list', method: 'GET', path: '/product' },
    { operation: 'delete', method: 'DELETE', path: '/product/{id}' },
  ],
} as const satisfies CrudContract;
