/** Lists the items of the table. Each request returns one page. */
import { MAX_RESPONSE_BYTES, responseBytes } from '../http/response-size';
import type { Operation } from './operation';
import { toPageToken } from './page-token';
import type { Item } from './table';

/** One page of items. */
export interface ListResult {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  /** Token of the next page, if there is one. Send it as the query parameter `nextToken`. */
  readonly NextToken?: string;
}

/** Returns one page. The page has a `NextToken` if and only if the table has more items. */
export const list: Operation = async ({ query }, table): Promise<ListResult> => {
  const page = await table.scan(query);
  const items = fitResponse(page.items);
  const lastId = items.length < page.items.length ? (items.at(-1)?.[table.key] as string) : page.lastId;
  return {
    Items: items,
    Count: items.length,
    ScannedCount: items.length,
    ...(lastId !== undefined && { NextToken: toPageToken(lastId) }),
  };
};

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
