/** Names and ids of the API `products`. */
import type { ApiDeployment } from '../api-deployment';

export const products: ApiDeployment = {
  names: {
    table: ['product'],
    function: ['productFunction'],
    role: ['productFunction', 'role'],
    api: ['productApi'],
    // This API has no API key.
    apiKey: ['product', 'key'],
    usagePlan: ['product', 'usage-plan'],
  },
  tableId: 'product',
  functionPerRoute: false,
};
