/** PUT /items: creates an item, or replaces the one with its id. */
import type { Operation } from '../lib/operation';
import type { Item } from './contract';

export const putItem: Operation<Item> = async ({ body }, table) => {
  await table.put(body);
  return `Put item ${body.id}`;
};
