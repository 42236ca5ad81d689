/** Reads an item. */
import { Problem } from '../../http/problem';
import { preview } from '../../http/value';
import type { Operation } from '../operation';
import { prepareCheck } from './check';
import { TutorialTable } from './table';

export const read: Operation<'read'> = (setup) => {
  const table = new TutorialTable(setup);
  const check = prepareCheck(setup);
  return async (request) => {
    const { id } = check(request);
    const item = await table.get(id);
    if (!item) throw new Problem(404, `There is no item with the id ${preview(id)}.`);
    return { status: 200, body: { Item: item } };
  };
};
