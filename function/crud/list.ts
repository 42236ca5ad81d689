/** Lists the items of the table, one page for each request. */
import { MAX_RESPONSE_BYTES, responseBytes } from '../http/response-size';
import type { Operation } from './operation';
import { toPageToken } from './page-token';
import type { Item } from './table';

export interface List {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  /** There are more items: send this as `nextToken` to get the next page. */
  readonly NextToken?: string;
}

/** Returns one page. It has a `NextToken` if and only if there are more items. */
export const list: Operation = async ({ query }, table): Promise<List> => {
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
 * The first items that together fit a response. A DynamoDB page of 1 MB may not: a control character or quote
 * takes up to seven times its bytes as JSON within JSON.
 */
function fitResponse(items: readonly Item[]): readonly Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += responseBytes(item);
    return bytes > MAX_RESPONSE_BYTES;
  });
  return end === -1 ? items : items.slice(0, end);
}
