/** Contract of the API `todos`: a list of things to do. Its items have all kinds of fields. */
import { defineApi } from '../../function/contract/api';

export const todos = defineApi({
  name: 'todos',
  gateway: 'http-api',
  key: 'id',
  item: {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 200, examples: ['Water the plants'] },
      done: { type: 'boolean', default: false },
      priority: { type: 'integer', minimum: 1, maximum: 5, default: 3 },
      due: { type: ['string', 'null'], format: 'date' },
      tags: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 20 },
        maxItems: 10,
        uniqueItems: true,
        default: [],
      },
    },
  },
  managed: { id: 'uuid', createdAt: 'createdAt', updatedAt: 'updatedAt', version: 'version' },
  cors: { origins: ['https://todos.example.com'] },
  routes: {
    'POST /todos': { operation: 'create' },
    'GET /todos': { operation: 'list', scan: true, filters: ['done'] },
    'GET /todos/{id}': { operation: 'read' },
    'PUT /todos/{id}': { operation: 'replace', create: false },
    'PATCH /todos/{id}': { operation: 'update' },
    'DELETE /todos/{id}': { operation: 'delete' },
  },
});
