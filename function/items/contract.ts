/** System `items`: what an item is, and the four routes of its HTTP API. Both the stack and the function read this. */
import type { CrudContract } from '../crud/contract';

const schema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    price: { type: 'number' },
    name: { type: 'string' },
  },
  required: ['id', 'price', 'name'],
  additionalProperties: false,
} as const;

export const items = {
  name: 'items',
  gateway: 'http-api',
  key: 'id',
  schema,
  answers: { put: 'Put item', delete: 'Deleted item' },
  routes: [
    { operation: 'put', method: 'PUT', path: '/items', actions: ['dynamodb:PutItem'], body: schema },
    { operation: 'get', method: 'GET', path: '/items/{id}', actions: ['dynamodb:GetItem'] },
    {
      operation: 'list',
      method: 'GET',
      path: '/items',
      actions: ['dynamodb:Scan'],
      query: ['limit', 'nextToken'],
    },
    { operation: 'delete', method: 'DELETE', path: '/items/{id}', actions: ['dynamodb:DeleteItem'] },
  ],
} as const satisfies CrudContract;
