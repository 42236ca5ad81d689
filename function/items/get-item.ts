/** GET /items/{id}: reads one item. */
import { found } from '../lib/found';
import type { Operation } from '../lib/operation';

export const getItem: Operation = async ({ id }, table) => ({ Item: await found(table, id) });
