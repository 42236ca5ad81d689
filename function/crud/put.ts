/** Creates an item, or replaces the item with the same id. */
import type { Operation } from './operation';

export const put: Operation = async ({ body }, table, { answers, key }) => {
  await table.put(body);
  return `${answers.put} ${body[key] as string}`;
};
