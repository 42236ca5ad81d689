/** System `items`: what an item is, and the four routes of its HTTP API. Both the stack and the function read this. */
import type { Contract, FromSchema } from '../lib/contract';

export const itemSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    price: { type: 'number' },
    name: { type: 'string' },
  },
  required: ['id', 'price', 'name'],
  additionalProperties: false,
} as const;

export type Item = FromSchema<typeof itemSchema>;

export const items = {
  name: 'items',
  gateway: 'http-api',
  key: 'id',
  routes: [
    {
      operation: 'putItem',
      method: 'PUT',
      path: '/items',
      actions: ['dynamodb:PutItem'],
      body: itemSchema,
    },
    {
      operation: 'getItem',
      method: 'GET',
      path: '/items/{id}',
      actions: ['dynamodb:GetItem'],
    },
    {
      operation: 'listItems',
      method: 'GET',
      path: '/items',
      actions: ['dynamodb:Scan'],
      query: ['limit', 'nextToken'],
    },
    {
      operation: 'deleteItem',
      method: 'DELETE',
      path: '/items/{id}',
      actions: ['dynamodb:DeleteItem'],
    },
  ],
} as const satisfies Contract;
