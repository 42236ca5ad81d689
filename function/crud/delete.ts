/** Deletes an item, whether or not it was there. */
import type { Operation } from './operation';

export const delete_: Operation = async ({ id }, table, { answers }) => {
  await table.delete(id);
  return `${answers.delete} ${id}`;
};
