/** A page of a list as its callers get it. */
import { toJson } from './json';
import { toPageToken } from './page-token';
import type { Query } from './query';
import type { Item, Table } from './table';

/** Lambda: a response has at most 6 MB; some of it is left for the headers. */
const MOST_RESPONSE_BYTES = 6_000_000;

export interface List {
  readonly Items: readonly Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  /** There is more: ask again with `nextToken`. */
  readonly NextToken?: string;
}

/** One page, never cut in silence: it has a `NextToken` exactly when the table goes on. */
export async function list(table: Table, query: Query): Promise<List> {
  const page = await table.scan(query);
  const items = fitting(page.items);
  const last = items.at(-1);
  const more = page.more || items.length < page.items.length;
  return {
    Items: items,
    Count: items.length,
    ScannedCount: items.length,
    ...(more && last && { NextToken: toPageToken(last[table.key] as string) }),
  };
}

/**
 * As many items, from the first on, as fit a response. DynamoDB's megabyte of control characters
 * or quotes has up to seven times the bytes once it is a JSON string in a JSON result.
 */
function fitting(items: readonly Item[]): readonly Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(toJson(item)));
    return bytes > MOST_RESPONSE_BYTES;
  });
  return end === -1 ? items : items.slice(0, end);
}
