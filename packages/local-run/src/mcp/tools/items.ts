/** The tools that read and change items. They call DynamoDB directly, without the IAM policies of a function. */
import { z } from 'zod';
import type { ItemPage } from '../../console/items/read';
import type { Item } from '../../model/deployment';
import { MAX_RESULT_CHARACTERS } from '../shorten';
import { attributes, defineTool, DESTROYS, limit, READS } from '../tool';

const FORM = 'in the JSON of DynamoDB: {"id":{"S":"a"},"price":{"N":"12"}}';

const table = z.string().min(1).describe('Name of a table, as list_tables shows it.');

const previous = attributes(`The item as get_item shows it now, ${FORM}.`);

const CUT =
  'The page is too long, so items or their texts are cut. Read it again with a smaller limit, or an item with get_item.';

export const queryItems = defineTool({
  name: 'query_items',
  title: 'Query items',
  description:
    'Reads items of a table or an index: all items page by page, or the items with a partition key. Continue with `start`, which is ' +
    '`next` of the page before.',
  input: z.strictObject({
    table,
    index: z.string().min(1).optional().describe('Name of an index. Default: the table itself.'),
    partition: z.string().min(1).optional().describe('Value of the partition key. Default: all items.'),
    sort: z.string().min(1).optional().describe('Value of the sort key. Needs `partition`.'),
    comparison: z.enum(['=', '<', '<=', '>', '>=', 'begins_with']).default('=').describe('How `sort` is compared.'),
    start: z.string().min(1).optional().describe('`next` of the page before.'),
    limit: limit(25, 100),
  }),
  annotations: READS,
  run: async (console, { table: name, ...parameters }) => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters)) if (value !== undefined) query.set(key, String(value));
    const page = await console.get<ItemPage>(
      `/api/tables/${encodeURIComponent(name)}/items?${query.toString()}`,
      'items',
    );
    if (JSON.stringify(page.items).length > MAX_RESULT_CHARACTERS) return { note: CUT, items: page.items };
    return { next: page.next, items: page.items };
  },
});

export const getItem = defineTool({
  name: 'get_item',
  title: 'Get an item',
  description: 'Reads one item with all attributes.',
  input: z.strictObject({
    table,
    key: attributes('All key attributes of the item, in the JSON of DynamoDB: {"id":{"S":"a"}}.'),
  }),
  annotations: READS,
  run: (console, { table: name, key }) => {
    const query = new URLSearchParams({ key: JSON.stringify(key) });
    return console.get<{ readonly item: Item }>(`${pathOf(name)}?${query.toString()}`, 'item');
  },
});

export const putItem = defineTool({
  name: 'put_item',
  title: 'Create or replace an item',
  description:
    'Creates an item, or with `previous` replaces it. Fails when the item exists already, or when it is not as `previous` any more. ' +
    'No function runs: validation, versions and other rules of the API do not apply. Prefer send_request.',
  input: z.strictObject({
    table,
    item: attributes(`The whole item, ${FORM}.`),
    previous: previous.optional().describe(`Only to replace an item: the item as get_item shows it now, ${FORM}.`),
  }),
  annotations: { ...DESTROYS, idempotentHint: false },
  run: (console, { table: name, ...change }) =>
    console.call<{ readonly item: Item }>('PUT', pathOf(name), 'item', change),
});

export const deleteItem = defineTool({
  name: 'delete_item',
  title: 'Delete an item',
  description: 'Deletes an item. Fails when the item is not as `previous` any more. No function runs.',
  input: z.strictObject({ table, previous }),
  annotations: { ...DESTROYS, idempotentHint: false },
  run: (console, { table: name, ...change }) =>
    console.call<{ readonly deleted: Item }>('DELETE', pathOf(name), 'deleted', change),
});

function pathOf(name: string): string {
  return `/api/tables/${encodeURIComponent(name)}/item`;
}
