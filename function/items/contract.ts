/** Contract of the API `items`: the item, and the routes of an HTTP API. */
import type { CrudContract } from '../crud/contract';

export const items = {
  name: 'items',
  gateway: 'http-api',
  key: 'id',
  schema: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      price: { type: 'number' },
      name: { type: 'string' },
    },
    required: ['id', 'price', 'name'],
    additionalProperties: false,
  },
  answers: { put: 'Put item', delete: 'Deleted item' },
  routes: [
    { operation: 'put', method: 'PUT', path: '/items' },
    { operation: 'get', method: 'GET', path: '/items/{id}' },
    { operation: 'list', method: 'GET', path: '/items' },
    { operation: 'delete', method: 'DELETE', path: '/items/{id}' },
  ],
} as const satisfies CrudContract;
