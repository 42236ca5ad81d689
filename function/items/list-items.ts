/** GET /items: lists the table, page by page. */
import { list } from '../lib/list';
import type { Operation } from '../lib/operation';

export const listItems: Operation = ({ query }, table) => list(table, query);
