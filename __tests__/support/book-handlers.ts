/** Handlers of the contract `books`. */
import type { HandlersOf } from '../../function/crud/service';
import type { books } from './smoke-contracts';

export const bookHandlers: HandlersOf<typeof books> = {
  count: async ({ path }, { query }) => {
    // A path always has the field, although it is optional in an item.
    const title: string = path.title;
    const { items } = await query({ index: 'byTitle', partition: title });
    return { status: 200, body: { count: items.length } };
  },
  status: () => ({ status: 204 }),
};
