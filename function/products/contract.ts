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
  answers: { put: 'Added/Updated product', delete: 'Deleted product' },
  routes: {
    'POST /product': { operation: 'put' },
    'PUT /product': { operation: 'put' },
    'GET /product/{id}': { operation: 'read' },
    'GET /product': { operation: 'list', scan: true },
    'DELETE /product/{id}': { operation: 'delete' },
  },
});
