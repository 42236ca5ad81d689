/** Reads an item that has to be there. */
import { Problem, shown } from './problem';
import type { Item, Table } from './table';

/** @throws Problem 404 when the table has no item with this id. */
export async function found(table: Table, id: string): Promise<Item> {
  const item = await table.get(id);
  if (!item) throw new Problem(404, `There is no item with the id ${shown(id)}.`);
  return item;
}
