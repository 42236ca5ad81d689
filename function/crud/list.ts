/** Lists the table, a page at a time. */
import { MOST_RESPONSE_BYTES, responseBytes } from '../http/response-size';
import { toPageToken } from './page-token';
import type { Operation } from './operation';
import type { Item } from './table';

export interface List {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  /** There is more: ask again with `nextToken`. */
  readonly NextToken?: string;
}

/** One page, never cut in silence: it has a `NextToken` exactly when the table goes on. */
export const list: Operation = async ({ query }, table): Promise<List> => {
  const page = await table.scan(query);
  const items = fitting(page.items);
  const lastId = items.length < page.items.length ? (items.at(-1)?.[table.key] as string) : page.lastId;
  return {
    Items: items,
    Count: items.length,
    ScannedCount: items.length,
    ...(lastId !== undefined && { NextToken: toPageToken(lastId) }),
  };
};

/**
 * As many items, from the first on, as fit a response. DynamoDB's megabyte of control characters
 * or quotes has up to seven times the bytes once it is a JSON string in a JSON result.
 */
function fitting(items: readonly Item[]): readonly Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += responseBytes(item);
    return bytes > MOST_RESPONSE_BYTES;
  });
  return end === -1 ? items : items.slice(0, end);
}
