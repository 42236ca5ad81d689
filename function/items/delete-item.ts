/** DELETE /items/{id}: deletes an item, whether or not it was there. */
import type { Operation } from '../lib/operation';

export const deleteItem: Operation = async ({ id }, table) => {
  await table.delete(id);
  return `Deleted item ${id}`;
};
