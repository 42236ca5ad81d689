/** Lists the items of the table, one page for each request. */
import { MAX_RESPONSE_BYTES, responseBytes } from '../../http/response-size';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { prepareCheck } from './check';
import { toPageToken } from './page-token';
import type { Query } from './query';
import { TutorialTable } from './table';

/** One page of items. */
export interface ListResult {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  /** Token of the next page, absent on the last page. Callers send it as the query parameter `nextToken`. */
  readonly NextToken?: string;
}

/** Answers with one page. It has a `NextToken` if and only if more items exist. */
export const list: Operation<'list'> = (setup) => {
  const table = new TutorialTable(setup);
  const check = prepareCheck(setup, { query: ['limit', 'nextToken'] });
  return async (request) => {
    const { query } = check(request);
    return { status: 200, body: await listPage(table, query) };
  };
};

async function listPage(table: TutorialTable, query: Query): Promise<ListResult> {
  const page = await table.scan(query);
  const items = fitResponse(page.items);
  const lastId = items.length < page.items.length ? (items.at(-1)?.[table.key] as string) : page.lastId;
  return {
    Items: items,
    Count: items.length,
    ScannedCount: items.length,
    ...(lastId !== undefined && { NextToken: toPageToken(lastId) }),
  };
}

/**
 * Returns the first items that together fit into a response. DynamoDB's page of 1 MB can be too large: as JSON within
 * JSON, a control character takes seven bytes.
 */
function fitResponse(items: readonly Item[]): readonly Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += responseBytes(item);
    return bytes > MAX_RESPONSE_BYTES;
  });
  return end === -1 ? items : items.slice(0, end);
}
