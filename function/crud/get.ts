/** Reads one item. */
import { Problem, shown } from '../http/problem';
import type { Operation } from './operation';

export const get: Operation = async ({ id }, table) => {
  const item = await table.get(id);
  if (!item) throw new Problem(404, `There is no item with the id ${shown(id)}.`);
  return { Item: item };
};
