/** Creates an item, or replaces the item with the same id. */
import type { Operation } from '../operation';
import { prepareCheck } from './check';
import { answerWords, TutorialTable } from './table';

export const put: Operation<'put'> = (setup) => {
  const { put: words } = answerWords(setup.model);
  const table = new TutorialTable(setup);
  const check = prepareCheck(setup, { hasBody: true });
  return async (request) => {
    const { body } = check(request);
    await table.put(body);
    return { status: 200, body: `${words} ${body[table.key] as string}` };
  };
};
