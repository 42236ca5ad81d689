/** Contract of the API `products`: the product, and the routes of a REST API. */
import { defineApi } from '../contract/api';

export const products = defineApi({
  name: 'products',
  gateway: 'rest-api',
  key: 'id',
  item: {
    type: 'object',
    properties: {
      id: { type: 'string', anyLength: true },
      title: { type: 'string', anyLength: true },
      description: { type: 'string', anyLength: true },
      price: { type: 'number' },
    },
    required: ['id', 'title', 'description', 'price'],
  },
  // The tutorial has no callers with accounts. Delete this line to let the profile `production` refuse the API.
  public: 'A tutorial without accounts: anybody may read and write its products',
  answers: { put: 'Added/Updated product', delete: 'Deleted product' },
  routes: {
    'POST /product': { operation: 'put' },
    'PUT /product': { operation: 'put' },
    'GET /product/{id}': { operation: 'read' },
    'GET /product': { operation: 'list', scan: true },
    'DELETE /product/{id}': { operation: 'delete' },
  },
});
