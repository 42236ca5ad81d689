/** Contract of the API `items`: the item, and the routes of an HTTP API. */
import { defineApi } from '../contract/api';

export const items = defineApi({
  name: 'items',
  gateway: 'http-api',
  key: 'id',
  item: {
    type: 'object',
    properties: {
      id: { type: 'string', anyLength: true },
      price: { type: 'number' },
      name: { type: 'string', anyLength: true },
    },
    required: ['id', 'price', 'name'],
  },
  // The tutorial has no callers with accounts. Delete this line to let the profile `production` refuse the API.
  public: 'A tutorial without accounts: anybody may read and write its items',
  answers: { put: 'Put item', delete: 'Deleted item' },
  routes: {
    'PUT /items': { operation: 'put' },
    'GET /items/{id}': { operation: 'read' },
    'GET /items': { operation: 'list', scan: true },
    'DELETE /items/{id}': { operation: 'delete' },
  },
});
