/** Checks the query parameters that routes can take. */
import type { QueryParameter } from './contract';
import { fromPageToken } from './page-token';
import { type InputError, shown } from '../http/problem';

/** The most items that one page may be asked for; DynamoDB ends a page at 1 MB anyway. */
export const MOST_PER_PAGE = 1000;

export interface Query {
  /** Items a page, 1 to 1,000; without it, as many as DynamoDB returns at once (1 MB). */
  readonly limit?: number;
  /** The id after which the list goes on. */
  readonly after?: string;
}

export function checkQuery(
  sent: Readonly<Record<string, string>>,
  known: readonly QueryParameter[] = [],
): { readonly value: Query; readonly errors: readonly InputError[] } {
  const errors: InputError[] = [];
  const value: { limit?: number; after?: string } = {};
  for (const [path, text] of Object.entries(sent)) {
    if (!(known as readonly string[]).includes(path)) {
      const allowed = known.length > 0 ? `known are ${known.join(' and ')}` : 'this route takes none';
      errors.push({ path: path.slice(0, 80), message: `is not a known query parameter; ${allowed}` });
    } else if (path === 'limit') {
      if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= MOST_PER_PAGE) value.limit = Number(text);
      else {
        const message = `must be a whole number from 1 to ${MOST_PER_PAGE}, sent once, but was ${shown(text)}`;
        errors.push({ path, message });
      }
    } else {
      const after = fromPageToken(text);
      if (after !== undefined) value.after = after;
      else {
        const message = `must be the NextToken of an earlier answer, unchanged, but was ${shown(text)}`;
        errors.push({ path, message });
      }
    }
  }
  return { value, errors };
}
