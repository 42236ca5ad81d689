/** Deletes an item. The answer is the same when the item does not exist. */
import type { Operation } from './operation';

export const delete_: Operation = async ({ id }, table, { answers }) => {
  await table.delete(id);
  return `${answers.delete} ${id}`;
};
