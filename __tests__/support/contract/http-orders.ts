/** The contract of __tests__/system/client/orders.ts, which `npm run client` generates, and of the tests of `npm run breaking`. */
import { orders as example } from '../../../examples/orders/contract';
import { defineApi } from '../../../function/contract/api';

const { properties } = example.item;
const line = properties.lines.items;

/** The example orders with optional, nullable and nested fields, and with all operations on one item. */
export const orders = defineApi({
  ...example,
  item: {
    ...example.item,
    properties: {
      ...properties,
      note: { type: ['string', 'null'], maxLength: 200 },
      lines: {
        ...properties.lines,
        items: { ...line, properties: { ...line.properties, gift: { type: 'boolean', default: false } } },
      },
      address: {
        type: 'object',
        required: ['city'],
        properties: { street: { type: 'string', maxLength: 100 }, city: { type: 'string', maxLength: 100 } },
      },
    },
  },
  routes: {
    ...example.routes,
    'PUT /customers/{customerId}/orders/{orderId}': { operation: 'replace' },
    'DELETE /customers/{customerId}/orders/{orderId}': { operation: 'delete' },
  },
});
