/** Reads an item. */
import { Problem } from '../http/problem';
import { preview } from '../http/value';
import type { Operation } from './operation';

export const get: Operation = async ({ id }, table) => {
  const item = await table.get(id);
  if (!item) throw new Problem(404, `There is no item with the id ${preview(id)}.`);
  return { Item: item };
};
