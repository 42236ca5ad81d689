/** Checks the query parameters of a request. */
import { cutName } from '../../http/problem';
import { preview } from '../../http/value';
import type { Faults } from '../../validation/faults';
import { fromPageToken } from './page-token';

export type QueryParameter = 'limit' | 'nextToken';

/** Maximum of `limit`. DynamoDB ends a page at 1 MB in any case. */
const MAX_LIMIT = 1000;

export interface Query {
  /** Maximum number of items on the page, 1 to 1,000. @default the items that DynamoDB returns in one page (1 MB) */
  readonly limit?: number;
  /** The page starts after the item with this id. @default the start of the table */
  readonly after?: string;
}

/** Checks the query parameters. @param known query parameters of the route */
export function checkQuery(
  sent: Readonly<Record<string, string>>,
  faults: Faults,
  known: readonly QueryParameter[] = [],
): Query {
  const query: { limit?: number; after?: string } = {};
  for (const [path, text] of Object.entries(sent)) {
    if (!(known as readonly string[]).includes(path)) {
      const allowed = known.length > 0 ? `known are ${known.join(' and ')}` : 'this route takes none';
      faults.add(cutName(path), `is not a known query parameter; ${allowed}`);
    } else if (path === 'limit') {
      if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= MAX_LIMIT) query.limit = Number(text);
      else faults.add(path, `must be a whole number from 1 to ${MAX_LIMIT}, sent once, but was ${preview(text)}`);
    } else {
      const after = fromPageToken(text);
      if (after !== undefined) query.after = after;
      else faults.add(path, `must be the NextToken of an earlier answer, unchanged, but was ${preview(text)}`);
    }
  }
  return query;
}
