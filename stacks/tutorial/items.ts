/** Names and ids of the API `items`. */
import type { ApiDeployment } from '../api-deployment';

const NAME = 'http-crud-tutorial';

export const items: ApiDeployment = {
  names: {
    table: [NAME, 'items'],
    function: [NAME, 'function'],
    role: [NAME, 'role'],
    api: [NAME, 'api'],
    // This API has no API key.
    apiKey: [NAME, 'key'],
    usagePlan: [NAME, 'usage-plan'],
  },
  tableId: 'items',
  functionWords: {
    'PUT /items': 'put',
    'GET /items/{id}': 'get',
    'GET /items': 'list',
    'DELETE /items/{id}': 'delete',
  },
};
