/** System `products`: what a product is, and the five routes of its REST API. Both the stack and the function read this. */
import type { CrudContract } from '../crud/contract';

const schema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    title: { type: 'string' },
    description: { type: 'string' },
    price: { type: 'number' },
  },
  required: ['id', 'title', 'description', 'price'],
  additionalProperties: false,
} as const;

export const products = {
  name: 'products',
  gateway: 'rest-api',
  key: 'id',
  schema,
  answers: { put: 'Added/Updated product', delete: 'Deleted product' },
  routes: [
    { operation: 'put', method: 'POST', path: '/product', actions: ['dynamodb:PutItem'], body: schema },
    { operation: 'put', method: 'PUT', path: '/product', actions: ['dynamodb:PutItem'], body: schema },
    { operation: 'get', method: 'GET', path: '/product/{id}', actions: ['dynamodb:GetItem'] },
    {
      operation: 'list',
      method: 'GET',
      path: '/product',
      actions: ['dynamodb:Scan'],
      query: ['limit', 'nextToken'],
    },
    { operation: 'delete', method: 'DELETE', path: '/product/{id}', actions: ['dynamodb:DeleteItem'] },
  ],
} as const satisfies CrudContract;
