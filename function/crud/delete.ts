/** Deletes an item. The answer is the same when there was none. */
import type { Operation } from './operation';

export const delete_: Operation = async ({ id }, table, { answers }) => {
  await table.delete(id);
  return `${answers.delete} ${id}`;
};
