/** Deletes an item. The answer is the same when no item has the key. */
import type { Operation } from '../operation';
import { prepareCheck } from './check';
import { answerWords, TutorialTable } from './table';

export const remove: Operation<'delete'> = (setup) => {
  const { delete: words } = answerWords(setup.model);
  const table = new TutorialTable(setup);
  const check = prepareCheck(setup);
  return async (request) => {
    const { id } = check(request);
    await table.delete(id);
    return { status: 200, body: `${words} ${id}` };
  };
};
